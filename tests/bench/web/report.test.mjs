/** The table as it is written down. */
import assert from "node:assert/strict";
import test from "node:test";
import { place, sentence, table } from "./report.mjs";

/**
 * A thread that is busy without a break for so long, and then for a tenth of the time.
 *
 * @param {number} busy milliseconds
 * @param {number} visible milliseconds
 */
const cost = (busy, visible) => ({
  upTo: (/** @type {number} */ moment) => {
    const done = Math.min(moment, busy) + Math.max(0, moment - busy) / 10;
    return { busy: done, script: done / 2, layout: done / 4 };
  },
  longest: 30,
  visible,
  bytes: 7920,
  requests: 2,
  heap: 1_234_567,
  shift: 0,
});

const MEASURED = [
  { name: "the page alone", costs: [cost(100, 100)] },
  { name: "driver.js", costs: [cost(190, 200), cost(200, 200), cost(999, 200)] },
  { name: "Headstart", costs: [cost(250, 400)] },
];

test("all are shown less what the page alone does by the same moment, and beside the second", () => {
  const lines = table(MEASURED).split("\n");
  const rest = "30 ms | ";
  const end = " | 7.9 kB | 2 | 1235 kB | 0.000 |";
  assert.deepEqual(lines.slice(2), [
    `| the page alone | 100 ms | 50 ms | 25 ms | 300 ms | ${rest}100 ms${end}`,
    `| driver.js | 90 ms (1.0×) | 45 ms | 23 ms | 90 ms (1.0×) | ${rest}200 ms${end}`,
    `| Headstart | 135 ms (1.5×) | 68 ms | 34 ms | 135 ms (1.5×) | ${rest}400 ms${end}`,
  ]);
});

test("what the one takes until it is visible stands beside what the other takes in all", () => {
  const late = { name: "driver.js", costs: [cost(400, 200)] };
  const [page, , headstart] = MEASURED;
  assert.ok(page && headstart);
  assert.equal(
    sentence([page, late, headstart]),
    "Headstart, until it is visible: 135 ms; driver.js, in all: 270 ms. That is 0.5×.",
  );
});

test("the table is put between its marks, and nothing else changes", () => {
  const document = "a\n<!-- web: begin; x -->\nold\n<!-- web: end -->\nb\n";
  assert.equal(place(document, "new"), "a\n<!-- web: begin; x -->\nnew\n<!-- web: end -->\nb\n");
  assert.throws(() => place("no marks", "new"), /no marks/);
});
