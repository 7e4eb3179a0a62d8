/** The tables of `cargo xtask bench track`, and their place in a document. */
import { BURST, GAP, SLOWDOWN } from "./main-thread.mjs";
import { median, percentile } from "./numbers.mjs";
import { GAP as STORAGE_GAP, writes } from "./storage.mjs";

/**
 * @typedef {object} Measured one library
 * @property {string} name
 * @property {import("./main-thread.mjs").Cost[]} costs one of each round
 * @property {import("./traffic.mjs").Traffic[]} traffic of 1, 10 and 100 events
 * @property {import("./storage.mjs").Writes} storage
 *
 * @typedef {object} Column
 * @property {string} title
 * @property {(measured: Measured) => number} of what a library has there
 * @property {string} [unit]
 * @property {number} [digits] after the point
 * @property {boolean} [compared] whether the others are given as multiples of the first, too
 */

const BEGIN = "<!-- tracking: begin; written by `cargo xtask bench track --write` -->";
const HEADING = "## Tracking\n";
const END = "<!-- tracking: end -->";

/** @param {Partial<Column> & Pick<Column, "title" | "of">} column */
const ms = (column) => ({ unit: "ms", digits: 2, compared: true, ...column });

/** @type {Column[]} */
const MAIN_THREAD = [
  ms({ title: "`track`, median", of: ({ costs }) => median(costs.flatMap(({ calls }) => calls)) }),
  ms({
    title: "`track`, 99th percentile",
    of: ({ costs }) =>
      percentile(
        costs.flatMap(({ calls }) => calls),
        0.99,
      ),
  }),
  ms({
    title: "with all that follows",
    of: ({ costs }) => median(costs.map(({ streamInAll }) => streamInAll)),
  }),
  ms({
    title: `\`track\`, one of ${BURST} at once`,
    of: ({ costs }) => median(costs.map(({ burst }) => burst)),
  }),
  ms({
    title: "with all that follows",
    of: ({ costs }) => median(costs.map(({ burstInAll }) => burstInAll)),
  }),
];

/**
 * What an event of a run of so many has.
 *
 * @param {number} events
 * @param {(traffic: import("./traffic.mjs").Traffic) => number} part
 */
const each =
  (events, part) =>
  (/** @type {Measured} */ { name, traffic }) => {
    const run = traffic.find((run) => run.events === events);
    if (!run) throw new Error(`${name}: no run of ${events} events was measured`);
    return part(run) / events;
  };
/** @param {import("./traffic.mjs").Traffic} traffic */
const sent = ({ head, body }) => head + body;

/** @type {Column[]} */
const WIRE = [
  { title: "1 event", of: each(1, sent), unit: "B", compared: true },
  { title: "each of 10 at once", of: each(10, sent), unit: "B", compared: true },
  { title: "each of 100 at once", of: each(100, sent), unit: "B", compared: true },
  { title: "of that headers", of: each(100, ({ head }) => head), unit: "B" },
  { title: "body", of: each(100, ({ body }) => body), unit: "B" },
  { title: "body, uncompressed", of: each(100, ({ unpacked }) => unpacked), unit: "B" },
  { title: "requests for the 100", of: (measured) => each(100, (t) => t.requests)(measured) * 100 },
];

/** @type {Column[]} */
const STORAGE = [
  { title: "writes, median", of: ({ storage }) => storage.median },
  {
    title: "writes, mean",
    of: ({ storage }) => writes(storage.each),
    digits: 1,
    compared: true,
  },
  { title: "bytes", of: ({ storage }) => storage.each.bytes, unit: "B", compared: true },
  { title: "localStorage", of: ({ storage }) => storage.each.local, digits: 1 },
  { title: "sessionStorage", of: ({ storage }) => storage.each.session, digits: 1 },
  { title: "IndexedDB", of: ({ storage }) => storage.each.indexed, digits: 1 },
  { title: "its transactions", of: ({ storage }) => storage.each.transactions, digits: 1 },
  { title: "cookies", of: ({ storage }) => storage.each.cookie, digits: 1 },
  { title: "removals", of: ({ storage }) => storage.each.removals, digits: 1 },
];

/**
 * All that was measured, in Markdown.
 *
 * @param {Measured[]} all ours first
 * @param {string} setting on what machine, of which versions
 */
export function report(all, setting) {
  const calls = all[0]?.costs.reduce((sum, cost) => sum + cost.calls.length, 0) ?? 0;
  const rounds = all[0]?.costs.length ?? 0;
  return `Measured on ${setting}.

**The page's main thread**, with the CPU slowed down ${SLOWDOWN} times; ${calls} calls ${GAP} ms apart, and ${rounds} times ${BURST} at once:

${table(all, MAIN_THREAD)}

**On the wire**, bytes of requests per event over HTTP/1.1:

${table(all, WIRE)}

**Written to the browser's storage** per event, events ${STORAGE_GAP} ms apart:

${table(all, STORAGE)}
`;
}

/**
 * @param {Measured[]} all
 * @param {Column[]} columns
 */
export function table(all, columns) {
  const [first] = all;
  if (!first) throw new Error("nothing was measured");
  const rows = all.map((measured) => [
    measured.name,
    ...columns.map((column) => cell(column, measured, first)),
  ]);
  const all_rows = [["", ...columns.map(({ title }) => title)], ...rows];
  const widths = columns.map((_, at) =>
    Math.max(...all_rows.map((row) => text(row, at + 1).length)),
  );
  const names = Math.max(...all_rows.map((row) => text(row, 0).length));
  const lines = all_rows.map((row) =>
    [
      text(row, 0).padEnd(names),
      ...widths.map((width, at) => text(row, at + 1).padStart(width)),
    ].join(" | "),
  );
  const rule = ["-".repeat(names), ...widths.map((width) => `${"-".repeat(width - 1)}:`)];
  lines.splice(1, 0, rule.join(" | "));
  return lines.map((line) => `| ${line} |`).join("\n");
}

/** @param {string[]} row @param {number} at */
const text = (row, at) => row[at] ?? "";

/**
 * @param {Column} column
 * @param {Measured} measured
 * @param {Measured} first
 */
function cell({ of, unit, digits = 0, compared }, measured, first) {
  const value = of(measured);
  const base = of(first);
  const number = value.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const amount = unit ? `${number} ${unit}` : number;
  if (!compared || measured === first || base <= 0) return amount;
  return `${amount} (${(value / base).toFixed(1)}×)`;
}

/**
 * Puts the tables where the document has them, or at the end of its part on tracking.
 *
 * @param {string} document
 * @param {string} tables
 */
export function place(document, tables) {
  const part = `${BEGIN}\n${tables.trim()}\n${END}`;
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin >= 0 && end > begin) {
    return document.slice(0, begin) + part + document.slice(end + END.length);
  }
  const heading = document.indexOf(HEADING);
  if (heading < 0) return `${document.trimEnd()}\n\n${HEADING}\n${part}\n`.trimStart();
  const next = document.indexOf("\n## ", heading + HEADING.length);
  const [section, rest] =
    next < 0 ? [document, ""] : [document.slice(0, next), document.slice(next)];
  return `${section.trimEnd()}\n\n${part}\n${rest}`;
}
