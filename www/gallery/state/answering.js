/**
 * The collector as a state of the gallery has it: its answers are given here, and nothing is sent. What the
 * widget knows is kept in memory, so that states know nothing of each other nor of what was pressed before.
 */

/** An area of storage that is gone with the page. @returns {Storage} */
function memory() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const methods = {
    /** @param {string} key */
    getItem: (key) => kept.get(String(key)) ?? null,
    /** @param {string} key @param {string} value */
    setItem: (key, value) => void kept.set(String(key), String(value)),
    /** @param {string} key */
    removeItem: (key) => void kept.delete(String(key)),
    /** @param {number} index */
    key: (index) => [...kept.keys()][index] ?? null,
    clear: () => kept.clear(),
  };
  return /** @type {any} */ (
    new Proxy(methods, {
      get: (own, name) =>
        name === "length" ? kept.size : (/** @type {any} */ (own)[name] ?? kept.get(String(name))),
      set: (_, name, value) => {
        kept.set(String(name), String(value));
        return true;
      },
      deleteProperty: (_, name) => {
        kept.delete(String(name));
        return true;
      },
    })
  );
}

/** @param {string} name @param {any} value */
const pose = (name, value) =>
  Object.defineProperty(window, name, { value, configurable: true, writable: true });

/**
 * @param {string | undefined} network
 * @param {object} boot what the collector answers with
 */
export function answering(network, boot) {
  const fetchAnything = window.fetch;
  let booted = false;
  /** @param {RequestInfo | URL} what @param {RequestInit} [how] */
  const answer = async (what, how) => {
    const path = new URL(what instanceof Request ? what.url : what, location.href).pathname;
    if (!path.startsWith("/gallery/answers/")) return fetchAnything.call(window, what, how);
    if (network === "slow") return new Promise(() => {});
    if (network === "broken") return new Response("{}", { status: 503 });
    if (network === "offline" && booted) throw new TypeError("the network is gone");
    booted = true;
    return Response.json(path.endsWith("/v1/boot") ? boot : { accepted: 0 });
  };
  pose("fetch", answer);
  pose("fetchLater", undefined);
  pose("localStorage", memory());
  // Frames beside each other are all looked at, though only one of them can have the focus.
  document.hasFocus = () => true;
  navigator.sendBeacon = () => true;
}
