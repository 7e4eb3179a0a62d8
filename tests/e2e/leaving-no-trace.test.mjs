/** What the widget leaves behind: nothing. And what it costs those it has nothing for: next to that. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { serveStrict } from "../hosts/strict/host.mjs";
import { eventually, launch, openPage } from "./browser.mjs";
import { startCollector } from "./collector.mjs";
import { CHECKLIST, TIP } from "./probe.mjs";

/**
 * How many listeners the page's own objects have.
 *
 * @param {import("playwright-core").Page} page
 * @returns {Promise<number[]>}
 */
async function listeners(page) {
  const client = await page.context().newCDPSession(page);
  const { result } = await client.send("Runtime.evaluate", {
    expression: `[window, document, document.documentElement, document.body, window.navigation]
      .map((target) => Object.values(getEventListeners(target)).flat().length)`,
    includeCommandLineAPI: true,
    returnByValue: true,
  });
  await client.detach();
  return result.value;
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/** One of every kind, all of it up at once as far as that goes. */
const EVERYTHING = [
  CHECKLIST,
  {
    id: "probe-tour",
    kind: "tour",
    title: "Tour",
    steps: [{ id: "one", title: "A step", target: "[data-hs=target]", spotlight: "usable" }],
  },
  { id: "probe-hint", kind: "tip", form: "hint", target: "h1", title: "A hint" },
  {
    id: "probe-note",
    kind: "tip",
    form: "inline",
    target: "h1",
    side: "bottom",
    title: "A note",
  },
  { id: "probe-banner", kind: "banner", side: "bottom", title: "A banner" },
];

/** Counts what the page makes that has to be ended: runs in the page before all else. */
function countMade() {
  const alive = { observers: new Set(), timers: new Set(), frames: new Set() };
  Object.assign(window, { alive });
  for (const name of [
    "MutationObserver",
    "IntersectionObserver",
    "ResizeObserver",
    "PerformanceObserver",
  ]) {
    const { prototype } = Reflect.get(window, name);
    const { observe, disconnect } = prototype;
    prototype.observe = function (/** @type {unknown[]} */ ...all) {
      alive.observers.add(this);
      return observe.apply(this, all);
    };
    prototype.disconnect = function () {
      alive.observers.delete(this);
      return disconnect.call(this);
    };
  }
  const { setTimeout: later, clearTimeout: notLater } = window;
  const { setInterval: often, clearInterval: notOften } = window;
  Object.assign(window, {
    /** @param {any} run @param {number} after @param {...any} all */
    setTimeout(run, after, ...all) {
      const id = later(() => (alive.timers.delete(id), run(...all)), after);
      alive.timers.add(id);
      return id;
    },
    clearTimeout: (/** @type {number} */ id) => (alive.timers.delete(id), notLater(id)),
    /** @param {any} run @param {number} after @param {...any} all */
    setInterval(run, after, ...all) {
      const id = often(run, after, ...all);
      alive.timers.add(id);
      return id;
    },
    clearInterval: (/** @type {number} */ id) => (alive.timers.delete(id), notOften(id)),
  });
}

/** How many of them there are. @param {import("playwright-core").Page} page */
const alive = (page) =>
  page.evaluate(() => {
    const { observers, timers } = Reflect.get(window, "alive");
    return { observers: observers.size, timers: timers.size };
  });

/** What the page weighs once all that can go is gone. @param {import("playwright-core").Page} page */
async function weight(page) {
  const client = await page.context().newCDPSession(page);
  for (let turn = 0; turn < 3; turn += 1) await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await client.send("Memory.getDOMCounters");
  await client.detach();
  return { heap: usedSize, nodes, listeners: jsEventListeners };
}

describe("the page without us", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;

  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  /** @param {unknown[]} content */
  async function open(content) {
    const collector = await startCollector();
    if (content.length > 0) await collector.publish(...content);
    const host = await serveStrict({ collector: collector.url, writeKey: collector.writeKey });
    const page = await openPage(browser);
    await page.goto(host.url);
    const close = async () => {
      await page.context().close();
      await host.close();
      await collector.stop();
    };
    return { collector, page, close };
  }

  test("a user with nothing to see downloads the loader and one small answer, no wasm", async () => {
    const { page, close } = await open([]);
    await eventually(
      () => page.requests.filter((request) => request.endsWith("/v1/boot")),
      (boots) => boots.length === 1,
      { what: "the boot" },
    );
    await page.waitForTimeout(2000);
    const ours = page.requests.filter((request) => request.includes("/hs/"));
    assert.deepEqual(
      ours.map((request) => new URL(request.split(" ")[1] ?? "").pathname),
      ["/hs/headstart.js", "/hs/v1/boot"],
    );
    assert.equal(await page.widget.host.count(), 0);
    await close();
  });

  test("an event tracked later loads the widget and arrives", async () => {
    const { collector, page, close } = await open([]);
    await eventually(
      () => page.requests.filter((request) => request.endsWith("/v1/boot")),
      (boots) => boots.length === 1,
    );
    await page.evaluate(() => /** @type {any} */ (window).headstart("track", "Thing Done"));
    await eventually(
      () => collector.admin("/api/v1/metrics/sessions"),
      (found) => found.count === 1,
      { what: "the session that the widget reports" },
    );
    await close();
  });

  test("destroy takes every node and every listener away", async () => {
    const { page, close } = await open([CHECKLIST, TIP]);
    await page.widget.launcher.click();
    await page.widget.tip.waitFor();

    const during = await listeners(page);
    await page.evaluate(() => /** @type {any} */ (window).headstart("destroy"));
    await page.widget.host.waitFor({ state: "detached" });
    const left = await listeners(page);

    const untouched = await openPage(browser);
    await untouched.route("**/headstart.js", (route) => route.fulfill({ body: "" }));
    await untouched.goto(page.url());
    const without = await listeners(untouched);
    await untouched.context().close();
    assert.ok(sum(during) > sum(without), "the widget listens while it is there");
    assert.deepEqual(left, without);
    assert.equal(
      await page.evaluate(() => document.documentElement.outerHTML.includes("data-headstart")),
      false,
    );

    const quiet = page.requests.length;
    await page.locator("[data-hs=target]").first().click();
    await page.evaluate(() => /** @type {any} */ (window).headstart("track", "Thing Done"));
    await page.waitForTimeout(2500);
    assert.equal(page.requests.length, quiet);
    assert.deepEqual(page.problems, []);
    await close();
  });

  test("no attribute of the host's elements is changed by a tip", async () => {
    const { page, close } = await open([CHECKLIST, TIP]);
    const html = () =>
      page.evaluate(() => document.querySelector("[data-hs=target]")?.outerHTML ?? "");
    await page.widget.launcher.waitFor();
    const before = await html();
    await page.locator("[data-hs=target]").first().click();
    await page.widget.tip.waitFor();
    assert.equal(await html(), before);
    await close();
  });

  /** With all of it up. */
  async function openEverything() {
    const opened = await open([]);
    const { collector, page } = opened;
    await collector.publish(...EVERYTHING);
    await page.addInitScript(countMade);
    await page.reload();
    await page.widget.launcher.waitFor({ timeout: 20_000 });
    await page.widget.host.locator(".beacon").waitFor();
    await page.widget.tip.filter({ hasText: "A note" }).waitFor();
    await page.widget.tip.filter({ hasText: /A step|A banner/ }).waitFor();
    return opened;
  }

  test("destroy ends every timer and observer, with content of every kind up", async () => {
    const { page, close } = await openEverything();
    const during = await alive(page);
    assert.ok(during.observers > 0 && during.timers > 0, JSON.stringify(during));
    await page.evaluate(() => /** @type {any} */ (window).headstart("destroy"));
    // A timer that has been set runs out, but none is set again.
    await eventually(
      () => alive(page),
      ({ observers, timers }) => observers === 0 && timers === 0,
      { within: 20_000, what: "the end of all timers and observers" },
    );
    assert.equal(await page.widget.host.count(), 0);
    await close();
  });

  test("a thousand changes of the route with everything on leave neither memory, nodes nor listeners", async () => {
    const { page, close } = await openEverything();
    const go = (/** @type {number} */ times) =>
      page.evaluate(async (times) => {
        for (let turn = 0; turn < times; turn += 1) {
          history.pushState(null, "", `/page-${turn % 10}`);
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        }
      }, times);
    // What is made once is there.
    await go(100);
    const before = await weight(page);
    await go(1000);
    const after = await eventually(
      () => weight(page),
      ({ heap, nodes, listeners }) =>
        heap < before.heap + 1_000_000 &&
        nodes < before.nodes + 200 &&
        listeners < before.listeners + 20,
      { within: 20_000, what: `no more than ${JSON.stringify(before)}` },
    );
    assert.ok(after);
    await close();
  });
});
