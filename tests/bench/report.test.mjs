import assert from "node:assert/strict";
import { test } from "node:test";
import { place, report } from "./report.mjs";

/** @param {string} name @param {number} times all numbers are so much greater than the first's */
function measured(name, times) {
  const run = (/** @type {number} */ events) => ({
    events,
    requests: times,
    head: 500 * times,
    body: events * 100 * times,
    unpacked: events * 200 * times,
    others: 0,
  });
  const cost = (/** @type {number} */ ms) => ({
    calls: [ms, ms * 2, ms * 3],
    burst: ms,
    streamInAll: ms * 4,
    burstInAll: ms * 5,
  });
  return {
    name,
    costs: [cost(times), cost(times * 2), cost(times * 3)],
    traffic: [run(1), run(10), run(100)],
    storage: {
      median: times,
      each: {
        local: times,
        session: 0,
        indexed: times,
        transactions: 1,
        cookie: 0,
        removals: 0.5,
        bytes: 1000 * times,
      },
    },
  };
}

/** The row's cells. @param {string} tables @param {number} which table @param {string} name */
function row(tables, which, name) {
  const [lines] = tables
    .split("**")
    .filter((part) => part.includes("| ---"))
    .slice(which);
  const line = lines?.split("\n").find((line) => line.includes(name));
  return line
    ?.split("|")
    .map((cell) => cell.trim())
    .filter((cell) => cell && cell !== name);
}

const TABLES = report([measured("ours", 1), measured("theirs", 2)], "a machine");

test("the first has its numbers, and the others how many times as much they are", () => {
  assert.deepEqual(row(TABLES, 0, "ours"), [
    "3.00 ms",
    "9.00 ms",
    "8.00 ms",
    "2.00 ms",
    "10.00 ms",
  ]);
  assert.deepEqual(row(TABLES, 0, "theirs"), [
    "6.00 ms (2.0×)",
    "18.00 ms (2.0×)",
    "16.00 ms (2.0×)",
    "4.00 ms (2.0×)",
    "20.00 ms (2.0×)",
  ]);
});

test("bytes are those of one event, and what only explains them is not compared", () => {
  assert.deepEqual(row(TABLES, 1, "theirs"), [
    "1,200 B (2.0×)",
    "300 B (2.0×)",
    "210 B (2.0×)",
    "10 B",
    "200 B",
    "400 B",
    "2",
  ]);
  assert.deepEqual(row(TABLES, 2, "theirs"), [
    "2",
    "4.0 (2.0×)",
    "2,000 B (2.0×)",
    "2.0",
    "0.0",
    "2.0",
    "1.0",
    "0.0",
    "0.5",
  ]);
});

test("a document gets the tables once, and keeps what else is in it", () => {
  const first = place("# Performance\n\nWords.\n", "| one |");
  assert.match(
    first,
    /^# Performance\n\nWords\.\n\n## Tracking\n\n<!-- .* -->\n\| one \|\n<!-- .* -->\n$/,
  );
  const second = place(`${first}\n## More\n`, "| two |");
  assert.equal(second, `${first.replace("| one |", "| two |")}\n## More\n`);
});

test("without tables as yet, a document gets them under its heading", () => {
  const placed = place("## Tracking\n\nHow.\n\n## More\n", "| one |");
  assert.match(
    placed,
    /^## Tracking\n\nHow\.\n\n<!-- .* -->\n\| one \|\n<!-- .* -->\n\n## More\n$/,
  );
});
