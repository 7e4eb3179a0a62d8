import { h } from "./h.js";

/**
 * The heading that takes the focus when a page is reached, and the page's main action.
 *
 * @param {string} title
 * @param {...import("./h.js").Child} actions
 */
export function pageHead(title, ...actions) {
  return h(
    "div",
    { class: "page-head" },
    h("h1", { tabindex: "-1" }, title),
    h("div", { class: "page-actions" }, ...actions),
  );
}
