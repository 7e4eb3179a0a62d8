/** The table as it is written down. */
import assert from "node:assert/strict";
import test from "node:test";
import { place, table } from "./report.mjs";

/** @param {number} busy */
const cost = (busy) => ({
  busy,
  script: 10.4,
  layout: 20,
  longest: 30,
  visible: 400,
  bytes: 7920,
  requests: 2,
  heap: 1_234_567,
  shift: 0,
});

test("others are compared with the second line, both less the first", () => {
  const lines = table([
    { name: "the page alone", costs: [cost(100)] },
    { name: "driver.js", costs: [cost(190), cost(200), cost(999)] },
    { name: "Headstart", costs: [cost(250)] },
  ]).split("\n");
  assert.deepEqual(lines.slice(2), [
    "| the page alone | 100 ms | 10 ms | 20 ms | 30 ms | 400 ms | 7.9 kB | 2 | 1235 kB | 0.000 |",
    "| driver.js | 200 ms (1.0×) | 10 ms | 20 ms | 30 ms | 400 ms | 7.9 kB | 2 | 1235 kB | 0.000 |",
    "| Headstart | 250 ms (1.5×) | 10 ms | 20 ms | 30 ms | 400 ms | 7.9 kB | 2 | 1235 kB | 0.000 |",
  ]);
});

test("the table is put between its marks, and nothing else changes", () => {
  const document = "a\n<!-- web: begin; x -->\nold\n<!-- web: end -->\nb\n";
  assert.equal(place(document, "new"), "a\n<!-- web: begin; x -->\nnew\n<!-- web: end -->\nb\n");
  assert.throws(() => place("no marks", "new"), /no marks/);
});
