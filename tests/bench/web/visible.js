/**
 * Runs in the page before anything else: marks when what the user waits for has been painted, and says so in the
 * console; and adds up by how much the page's own layout was shifted. A closed shadow root is opened, to be looked into.
 *
 * @param {string} selector of what is waited for; `a >>> b` is a `b` in the shadow root of an `a`
 */
export function noticeVisible(selector) {
  const attach = Element.prototype.attachShadow;
  /** @this {Element} @param {ShadowRootInit} init */
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, { ...init, mode: "open" });
    changes.observe(root, ALL);
    return root;
  };

  let shifted = 0;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) shifted += /** @type {any} */ (shift).value;
  }).observe({ type: "layout-shift", buffered: true });
  Object.assign(window, { benchShift: () => shifted });

  const [outer = "", inner] = selector.split(" >>> ");
  const find = () => {
    if (!inner) return document.querySelector(outer);
    for (const host of document.querySelectorAll(outer)) {
      const found = host.shadowRoot?.querySelector(inner);
      if (found) return found;
    }
    return null;
  };
  const isSeen = () => {
    const element = find();
    if (!element?.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      return false;
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0;
  };
  const mark = () => {
    performance.mark("bench-visible");
    console.debug("bench-visible");
  };
  // Frames cost time, so none is asked for before there is something that may come to be seen.
  const look = () => {
    if (!isSeen()) requestAnimationFrame(look);
    // The frame that it is in has been painted when the next task runs.
    else setTimeout(mark);
  };
  const ALL = { subtree: true, childList: true, attributes: true };
  const changes = new MutationObserver(() => {
    if (!find()) return;
    changes.disconnect();
    requestAnimationFrame(look);
  });
  changes.observe(document, ALL);
}
