import { emptyState } from "../empty-state.js";
import { h } from "../h.js";
import { pageHead } from "../page-head.js";

/** For an address that leads nowhere. */
export function notFoundPage() {
  const empty = emptyState({
    title: "There is nothing at this address",
    text: "It may have been mistyped, or what it showed was removed.",
    action: h("a", { class: "button", href: "/" }, "Go to the dashboard"),
  });
  const node = h("div", { class: "page" }, pageHead("Page not found"), empty);
  return { title: "Page not found", node };
}
