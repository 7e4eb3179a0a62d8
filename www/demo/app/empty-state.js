import { h, svg } from "./h.js";

/**
 * What a page says while there is nothing on it: what would be here, and how to get it.
 *
 * @param {{ title: string, text: string, action?: Node }} options
 */
export function emptyState({ title, text, action }) {
  return h(
    "div",
    { class: "empty" },
    svg(
      "svg",
      { class: "empty-picture", viewBox: "0 0 120 72", "aria-hidden": "true" },
      svg("path", {
        class: "empty-stub",
        d: "M4 8h28v6a4 4 0 0 0 0 8v8a4 4 0 0 0 0 8v8a4 4 0 0 0 0 8v10h-28z",
      }),
      svg("path", {
        class: "empty-slip",
        d: "M42 8h74v56h-74v-10a4 4 0 0 0 0-8v-8a4 4 0 0 0 0-8v-8a4 4 0 0 0 0-8z",
      }),
      svg("path", { class: "empty-lines", d: "M56 24h46M56 34h46M56 44h26" }),
    ),
    h("h2", null, title),
    h("p", null, text),
    action,
  );
}
