/**
 * The guard between the page and the widget's wasm.
 *
 * Wasm that has panicked is in no state to go on: a lock is still taken, a list half written. And
 * what it throws would reach whoever called it: the page's own event loop, console and error
 * reports. So every exported function passes through here. The first that throws ends the widget:
 * one line in the console, its element off the page; every call after that does nothing.
 *
 * The build puts this between wasm-bindgen's glue and the module's exports (xtask/src/glue.rs).
 */

/** The element below which all of the widget is. */
const HOST = "[data-headstart]";

/**
 * What the glue gets from a stopped function that returns several values, which it takes apart:
 * zeros, which it reads as no error, no text, and the empty first slot of its object table.
 */
const NOTHING = Object.freeze([0, 0, 0, 0]);

/**
 * @param {WebAssembly.Exports} exports what the module exports; memory and tables pass as they are
 * @param {string[]} tuples the names of the functions that return several values
 * @returns {WebAssembly.Exports} the same, guarded
 */
export function guard(exports, tuples) {
  let stopped = false;

  /** @param {unknown} error */
  const stop = (error) => {
    if (stopped) return;
    stopped = true;
    // The page may have patched either of these.
    try {
      console.error(`headstart: stopped after an internal error: ${error}`);
    } catch (_) {
      // Then nobody hears of it.
    }
    try {
      for (const host of document.querySelectorAll(HOST)) host.remove();
    } catch (_) {
      // Then it stays, without doing anything.
    }
  };

  /** @type {WebAssembly.Exports} */
  const guarded = Object.create(null);
  for (const [name, value] of Object.entries(exports)) {
    const nothing = tuples.includes(name) ? NOTHING : undefined;
    guarded[name] =
      typeof value != "function"
        ? value
        : (/** @type {unknown[]} */ ...args) => {
            if (stopped) return nothing;
            try {
              return value(...args);
            } catch (error) {
              stop(error);
              return nothing;
            }
          };
  }
  return guarded;
}
