/** The table of `cargo xtask bench web`, and its place in a document. */
import { median } from "../numbers.mjs";
import { AFTERWARDS } from "./lab.mjs";

/**
 * @typedef {object} Measured one library
 * @property {string} name
 * @property {import("./lab.mjs").Cost[]} costs one of each round
 */

const MARKS = /(<!-- web: begin[^>]*-->\n)[^]*?(<!-- web: end -->)/;

/**
 * What is shown of each. `until` is for what the page alone does as well: up to when that is counted.
 *
 * @typedef {import("./lab.mjs").Cost} Cost
 * @typedef {{ title: string, show: (value: number) => string } &
 *   ({ of: "busy" | "script" | "layout", until: (cost: Cost) => number, compared?: boolean } |
 *    { of: "longest" | "visible" | "bytes" | "requests" | "heap" | "shift", until?: undefined })} Column
 */

const visible = (/** @type {Cost} */ cost) => cost.visible;
const quiet = (/** @type {Cost} */ cost) => cost.visible + AFTERWARDS;

/** @type {Column} */
const UNTIL_VISIBLE = {
  title: "main thread until visible",
  of: "busy",
  until: visible,
  show: ms,
  compared: true,
};
/** @type {Column} */
const IN_ALL = { title: "in all", of: "busy", until: quiet, show: ms, compared: true };

/** @type {Column[]} */
const COLUMNS = [
  UNTIL_VISIBLE,
  { title: "of that script", of: "script", until: visible, show: ms },
  { title: "layout", of: "layout", until: visible, show: ms },
  IN_ALL,
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
 * One figure of one of them. Of what the page alone does as well, as much is taken away as it has done by the same moment.
 *
 * @param {Measured} one
 * @param {Column} column
 * @param {Measured} page
 */
function value(one, { of, until }, page) {
  if (!until) return median(one.costs.map((cost) => cost[of]));
  const done = (/** @type {Cost} */ cost, /** @type {number} */ moment) => cost.upTo(moment)[of];
  if (one === page) return median(one.costs.map((cost) => done(cost, until(cost))));
  return median(
    one.costs.map((cost) => {
      const moment = until(cost);
      return done(cost, moment) - median(page.costs.map((alone) => done(alone, moment)));
    }),
  );
}

/**
 * As Markdown. The first line is the page alone, the second whom the others are compared with.
 *
 * @param {Measured[]} measured
 */
export function table(measured) {
  const [page, reference] = measured;
  if (!page || !reference) throw new Error("there is nobody to compare with");
  const rows = measured.map((one) =>
    COLUMNS.map((column) => {
      const own = value(one, column, page);
      const shown = column.show(own);
      if (!column.until || !column.compared || one === page) return shown;
      return `${shown} (${times(own, value(reference, column, page))})`;
    }),
  );
  const lines = [
    ["", ...COLUMNS.map(({ title }) => title)],
    ["---", ...COLUMNS.map(() => "---:")],
    ...rows.map((row, index) => [measured[index]?.name ?? "", ...row]),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/**
 * How long the third keeps the thread until it is visible, beside all that the second does for what it shows.
 *
 * @param {Measured[]} measured
 */
export function sentence(measured) {
  const [page, reference, own] = measured;
  if (!page || !reference || !own) throw new Error("there is nobody to compare");
  const until = value(own, UNTIL_VISIBLE, page);
  const all = value(reference, IN_ALL, page);
  return `${own.name}, until it is visible: ${ms(until)}; ${reference.name}, in all: ${ms(all)}. That is ${times(until, all)}.`;
}

/** @param {number} value @param {number} reference */
function times(value, reference) {
  return `${(value / reference).toFixed(1)}×`;
}

/** The document with the text between its marks. @param {string} document @param {string} text */
export function place(document, text) {
  if (!MARKS.test(document)) throw new Error("the document has no marks to put the table between");
  return document.replace(MARKS, (_, begin, end) => `${begin}${text}\n${end}`);
}
