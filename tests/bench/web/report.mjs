/** The table of `cargo xtask bench web`, and its place in a document. */
import { median } from "../numbers.mjs";

/**
 * @typedef {object} Measured one library
 * @property {string} name
 * @property {import("./lab.mjs").Cost[]} costs one of each round
 */

const MARKS = /(<!-- web: begin[^>]*-->\n)[^]*?(<!-- web: end -->)/;

/** @type {{ title: string, of: keyof import("./lab.mjs").Cost, show: (value: number) => string, compared?: boolean }[]} */
const COLUMNS = [
  { title: "main thread until visible", of: "busy", show: ms, compared: true },
  { title: "script", of: "script", show: ms },
  { title: "layout", of: "layout", show: ms },
  { title: "longest task", of: "longest", show: ms },
  { title: "visible after", of: "visible", show: ms },
  { title: "bytes", of: "bytes", show: kilobytes },
  { title: "requests", of: "requests", show: String },
  { title: "heap", of: "heap", show: kilobytes },
  { title: "CLS", of: "shift", show: (value) => value.toFixed(3) },
];

/** @param {number} value milliseconds */
function ms(value) {
  return `${value.toFixed(0)} ms`;
}

/** @param {number} value bytes */
function kilobytes(value) {
  return `${(value / 1000).toFixed(value < 100_000 ? 1 : 0)} kB`;
}

/**
 * As Markdown. The first line is the page alone; the second is whom the others are compared with, less that page.
 *
 * @param {Measured[]} measured
 */
export function table(measured) {
  const [page, reference] = measured;
  if (!page || !reference) throw new Error("there is nobody to compare with");
  const value = (
    /** @type {Measured} */ { costs },
    /** @type {keyof import("./lab.mjs").Cost} */ of,
  ) => median(costs.map((cost) => cost[of]));
  const rows = measured.map((one) =>
    COLUMNS.map(({ of, show, compared }) => {
      const own = value(one, of);
      if (!compared || one === page) return show(own);
      const times = (own - value(page, of)) / (value(reference, of) - value(page, of));
      return `${show(own)} (${times.toFixed(1)}×)`;
    }),
  );
  const lines = [
    ["", ...COLUMNS.map(({ title }) => title)],
    ["---", ...COLUMNS.map(() => "---:")],
    ...rows.map((row, index) => [measured[index]?.name ?? "", ...row]),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** The document with the text between its marks. @param {string} document @param {string} text */
export function place(document, text) {
  if (!MARKS.test(document)) throw new Error("the document has no marks to put the table between");
  return document.replace(MARKS, (_, begin, end) => `${begin}${text}\n${end}`);
}
