/** What a page has that somebody must have put there, and would have to end: counted. */

/** @typedef {import("playwright-core").Page} Page */

/**
 * How many listeners each of the page's own objects and elements has.
 *
 * @param {Page} page
 * @returns {Promise<number[]>}
 */
export async function listeners(page) {
  const client = await page.context().newCDPSession(page);
  const { result } = await client.send("Runtime.evaluate", {
    expression: `[window, document, window.navigation, visualViewport, ...document.querySelectorAll("*")]
      .map((target) => Object.values(getEventListeners(target)).flat().length)`,
    includeCommandLineAPI: true,
    returnByValue: true,
  });
  await client.detach();
  return result.value;
}

/** Counts what the page makes that has to be ended: runs in the page before all else. */
export function countMade() {
  const made = { observers: new Set(), timers: new Set() };
  Object.assign(window, { made });
  for (const name of [
    "MutationObserver",
    "IntersectionObserver",
    "ResizeObserver",
    "PerformanceObserver",
  ]) {
    const { prototype } = Reflect.get(window, name);
    const { observe, disconnect } = prototype;
    prototype.observe = function (/** @type {unknown[]} */ ...all) {
      made.observers.add(this);
      return observe.apply(this, all);
    };
    prototype.disconnect = function () {
      made.observers.delete(this);
      return disconnect.call(this);
    };
  }
  for (const [set, clear, again] of /** @type {const} */ ([
    ["setTimeout", "clearTimeout", false],
    ["setInterval", "clearInterval", true],
    ["requestAnimationFrame", "cancelAnimationFrame", false],
    ["requestIdleCallback", "cancelIdleCallback", false],
  ])) {
    /** @type {(...all: any[]) => number} */
    const begin = Reflect.get(window, set);
    /** @type {(id: number) => void} */
    const end = Reflect.get(window, clear);
    Object.assign(window, {
      /** @param {any} run @param {...any} all */
      [set](run, ...all) {
        const id = begin(
          (/** @type {any[]} */ ...given) => {
            if (!again) made.timers.delete(`${set} ${id}`);
            run(...given);
          },
          ...all,
        );
        made.timers.add(`${set} ${id}`);
        return id;
      },
      [clear](/** @type {number} */ id) {
        made.timers.delete(`${set} ${id}`);
        return end(id);
      },
    });
  }
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (...all) => {
    const { instance, module } = await instantiateStreaming.apply(WebAssembly, all);
    // Until now there was the loader alone, which set one timer: how long the boot may take.
    made.timers.clear();
    Object.assign(window, { wasm: instance.exports["memory"] });
    return { instance, module };
  };
}

/** How much of that is there. @param {Page} page */
export const made = (page) =>
  page.evaluate(() => {
    const { observers, timers } = Reflect.get(window, "made");
    return { observers: observers.size, timers: timers.size };
  });

/** What the page weighs once all that can go is gone. @param {Page} page */
export async function weight(page) {
  const client = await page.context().newCDPSession(page);
  // What one round lets go of may have held something that the next finds.
  for (let turn = 0; turn < 4; turn += 1) {
    await client.send("HeapProfiler.collectGarbage");
    await page.waitForTimeout(100);
  }
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await client.send("Memory.getDOMCounters");
  await client.detach();
  const wasm = await page.evaluate(
    () => /** @type {WebAssembly.Memory} */ (Reflect.get(window, "wasm")).buffer.byteLength,
  );
  return { heap: usedSize, wasm, nodes, listeners: jsEventListeners };
}
