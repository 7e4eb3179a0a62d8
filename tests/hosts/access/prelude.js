/**
 * Runs before the snippet, on pages where a test must see what a screen reader would be told: opens
 * the widget's shadow roots, and notes what is said in them, what is listened to in them, and the keys
 * that reach the page.
 */
(() => {
  window.said = [];
  window.announced = [];
  window.listened = [];
  window.heard = [];

  for (const name of /** @type {const} */ (["warn", "error"])) {
    const say = console[name];
    console[name] = (...all) => (window.said.push(all.join(" ")), say.apply(console, all));
  }
  addEventListener("error", ({ message }) => window.said.push(message));

  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    if (!this.hasAttribute("data-headstart")) return attachShadow.call(this, init);
    const root = attachShadow.call(this, { ...init, mode: "open" });
    const LIVE = "[role=status],[role=alert],[role=log],[aria-live]";
    new MutationObserver((records) => {
      const regions = records.map(({ target }) => {
        const element = target instanceof Element ? target : target.parentElement;
        return element?.closest(LIVE);
      });
      for (const region of new Set(regions)) {
        const text = region?.textContent ?? "";
        const level = region?.getAttribute("aria-live") ?? region?.getAttribute("role") ?? "";
        if (text) window.announced.push({ level, text });
      }
    }).observe(root, { childList: true, characterData: true, subtree: true });
    return root;
  };

  const { addEventListener: listen } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    const root = this instanceof Node ? this.getRootNode() : undefined;
    if (root instanceof ShadowRoot && root.host.hasAttribute("data-headstart")) {
      window.listened.push(type);
    }
    // @ts-ignore: whatever it was called with
    return listen.call(this, type, ...rest);
  };

  for (const type of /** @type {const} */ (["keydown", "keyup"])) {
    document.addEventListener(type, (event) => {
      // When all who listen have had their say.
      setTimeout(() => {
        window.heard.push({ type, key: event.key, code: event.code, kept: event.defaultPrevented });
      });
    });
  }
})();
