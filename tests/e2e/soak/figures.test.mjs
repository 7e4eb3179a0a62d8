/** What a soak makes of what it has found. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { allowance, summary } from "./figures.mjs";
import { Life } from "./life.mjs";

/** A page that was looked at for so long. @param {import("./life.mjs").End} end @param {number} ms */
function looked(end, ms) {
  const life = new Life("user-1-1");
  life.toFront(0, 100);
  life.over(end, 100 + ms, 300 + ms);
  return life;
}

test("a page that is killed may lack 15 seconds, any other one", () => {
  const check = (
    /** @type {Life[]} */ lives,
    /** @type {number} */ least,
    /** @type {number} */ most,
  ) => {
    const { allowedLeast, allowedMost } = allowance(lives);
    assert.deepEqual([allowedLeast, allowedMost], [least, most]);
  };
  check([looked("left", 40_000)], 39_000, 41_300);
  check([looked("killed", 40_000)], 24_000, 41_300);
  check([looked("burnt", 40_000)], 24_000, 41_300);
  // Not more than there was.
  check([looked("killed", 5_000)], 0, 6_300);
  check([looked("left", 40_000), looked("killed", 40_000)], 63_000, 82_600);
});

test("whatever is lost, too much or out of bounds fails it", () => {
  const good = /** @type {import("./figures.mjs").Result} */ ({
    options: { users: 1, tabs: 1, seconds: 1, seed: 1 },
    lost: [],
    stories: new Map(),
    twice: [],
    unknown: [],
    doubtful: 0,
    doubtfulCounted: 0,
    owed: 10,
    attention: [
      { user: "user-1", counted: 9, least: 8, most: 10, allowedLeast: 5, allowedMost: 12 },
    ],
    kills: { tabs: 1, browsers: 1 },
    lives: 3,
    requests: 4,
    kinds: { pass: 4 },
    again: 0,
  });
  const failures = (/** @type {Partial<import("./figures.mjs").Result>} */ change) =>
    summary({ ...good, ...change }).failures.length;
  const counted = (/** @type {number} */ counted) =>
    good.attention.map((one) => ({ ...one, counted }));
  assert.equal(failures({}), 0);
  assert.equal(failures({ lost: [{ id: "one", end: "left", before: 3 }] }), 1);
  assert.equal(failures({ owed: 0 }), 1);
  assert.equal(failures({ twice: ["one"] }), 1);
  assert.equal(failures({ unknown: ["one"] }), 1);
  assert.equal(failures({ attention: counted(4) }), 1);
  assert.equal(failures({ attention: counted(13) }), 1);
});
