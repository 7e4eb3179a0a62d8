/// <reference path="../hosts.d.ts" />
/**
 * Remembers the built-ins as the page's patches left them, and says later which of them someone
 * else has changed.
 */
{
  /** @returns {Record<string, unknown>} */
  const look = () => ({
    fetch: window.fetch,
    Promise: window.Promise,
    "Promise.prototype.then": Promise.prototype.then,
    "JSON.parse": JSON.parse,
    "JSON.stringify": JSON.stringify,
    "Date.now": Date.now,
    "EventTarget.prototype.addEventListener": EventTarget.prototype.addEventListener,
    "EventTarget.prototype.removeEventListener": EventTarget.prototype.removeEventListener,
    "history.pushState": history.pushState,
    "history.replaceState": history.replaceState,
    setTimeout: window.setTimeout,
    onerror: window.onerror,
  });
  const before = look();
  const globals = new Set(Object.getOwnPropertyNames(window));

  /** Names of built-ins that are not what they were. */
  window.changedBuiltIns = () =>
    Object.entries(look()).flatMap(([name, value]) => (value === before[name] ? [] : [name]));
  /** Globals that were not there before; `changedBuiltIns` and this one excepted. */
  window.addedGlobals = () =>
    Object.getOwnPropertyNames(window).filter(
      (name) => !globals.has(name) && name !== "changedBuiltIns" && name !== "addedGlobals",
    );
}
