/**
 * Where the widget is part of an application's own wasm, and no loader has been there: the page's one global,
 * and the moment to begin.
 */

/** As long as this, milliseconds, the page may be busy before we begin all the same. */
const IDLE_TIMEOUT = 2000;

/**
 * Makes `window.headstart` the application's, with what was called of it before; unless Headstart runs on this
 * page already, or the name is taken, which is said in the console.
 *
 * @param {string} writeKey
 * @param {(time: number, args: unknown[]) => unknown} receive
 * @returns {boolean} whether it is
 */
export const claim = (writeKey, receive) => {
  const existing = /** @type {any} */ (window.headstart);
  if (existing && (existing.writeKey || typeof existing != "function")) {
    console.warn(
      `headstart: ignored ${writeKey}, window.headstart is ${existing.writeKey || "taken"}`,
    );
    return false;
  }
  window.headstart = Object.assign((/** @type {any[]} */ ...args) => receive(Date.now(), args), {
    q: {
      push: (/** @type {import("./command").Call} */ [time, args]) =>
        receive(time, Array.from(args)),
    },
    writeKey,
  });
  for (const [time, args] of existing?.q ?? []) receive(time, Array.from(args));
  return true;
};

/**
 * Begins once the page is there and idle.
 *
 * @param {() => void} begin
 */
export const whenIdle = (begin) => {
  const soon = () =>
    (window.requestIdleCallback ?? setTimeout)(
      begin,
      /** @type {any} */ ({ timeout: IDLE_TIMEOUT }),
    );
  if (document.readyState == "complete") soon();
  else addEventListener("load", soon, { once: true });
};
