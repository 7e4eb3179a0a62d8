import { svg } from "./h.js";

/** Strokes on a 20 × 20 grid. */
const PATHS = {
  dashboard: ["M3.5 16.5v-5M8 16.5v-9M12.5 16.5v-6.5M17 16.5v-12"],
  customers: ["M3 16.5v-9.5l5-3.5v13M8 8.5h6.5a2.5 2.5 0 0 1 2.5 2.5v5.5M2 16.5h16M11.5 12h2"],
  invoices: ["M5 2.5h10v15l-2.5-1.7-2.5 1.7-2.5-1.7-2.5 1.7zM8 7h4M8 10.5h4"],
  templates: ["M6.5 6.5h10.5v10.5h-10.5zM6.5 13.5h-3.5v-10.5h10.5v3.5M9.5 11.75h4.5M11.75 9.5v4.5"],
  settings: ["M3 6h6M13 6h4M3 14h3M10 14h7", "M11 4v4M8 12v4"],
  plus: ["M10 4v12M4 10h12"],
  close: ["M5 5l10 10M15 5l-10 10"],
  bin: ["M4 5.5h12M8 5.5v-2h4v2M5.5 5.5l.8 11h7.4l.8-11M8.5 9v4.5M11.5 9v4.5"],
  check: ["M4 10.5l4 4 8-9"],
  copy: ["M7 7h9v10h-9zM4 13v-10h9"],
  out: ["M8 3.5h-4.5v13h4.5M8.5 10h8.5M13.5 6.5l3.5 3.5-3.5 3.5"],
  bank: ["M3 8l7-4.5 7 4.5zM5 8v6.5M10 8v6.5M15 8v6.5M3 16.5h14"],
  print: ["M6 7v-4h8v4M6 14h-3v-7h14v7h-3M6 11.5h8v5.5h-8z"],
};

/** @typedef {keyof typeof PATHS} IconName */

/**
 * A decorative icon in the colour of the text around it; the text carries the meaning.
 *
 * @param {IconName} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const strokes = PATHS[name].map((d) => svg("path", { d }));
  return svg(
    "svg",
    { class: "icon", "data-icon": name, viewBox: "0 0 20 20", "aria-hidden": "true" },
    ...strokes,
  );
}

/**
 * The mark of the product: a stub torn from its slip.
 *
 * @returns {SVGElement}
 */
export function mark() {
  return svg(
    "svg",
    { class: "mark", viewBox: "0 0 32 32", "aria-hidden": "true" },
    svg("path", {
      class: "mark-stub",
      d: "M3 4h8v3a1.6 1.6 0 0 0 0 3.2v3.2a1.6 1.6 0 0 0 0 3.2v3.2a1.6 1.6 0 0 0 0 3.2v5.2h-8z",
    }),
    svg("path", {
      class: "mark-slip",
      d: "M13 4h16v24h-16v-5.2a3.2 3.2 0 0 0 0-3.2v-3.2a3.2 3.2 0 0 0 0-3.2v-3.2a3.2 3.2 0 0 0 0-3.2z",
    }),
    svg("path", { class: "mark-lines", d: "M18 11.5h7M18 16h7M18 20.5h4" }),
  );
}
