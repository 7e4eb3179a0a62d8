/** What is owed, and what is found when it is held against what is there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger } from "./ledger.mjs";
import { Life } from "./life.mjs";

/**
 * @param {import("./life.mjs").End | undefined} end
 * @param {number} [after] the call has returned, milliseconds
 */
function died(end, after = 0) {
  const life = new Life("user-1-1");
  life.end = end;
  life.endedAt = Date.now() + after;
  return life;
}

/** @param {Life} life @param {boolean} returned */
function ledgerOf(life, returned) {
  const ledger = new Ledger();
  ledger.begin("one", life);
  if (returned) ledger.returned("one");
  return ledger;
}

test("what was heard of as returned is owed, whatever happened next", () => {
  const check = (/** @type {Life} */ life, /** @type {boolean} */ owed) => {
    const { lost, doubtful } = ledgerOf(life, true).reconcile(new Map());
    assert.deepEqual([lost.length, doubtful], owed ? [1, 0] : [0, 1]);
  };
  check(died(undefined), true);
  check(died("left"), true);
  check(died("killed"), true);
  check(died("burnt", 2_000), true);
  // It may have been on its way to the process that keeps it.
  check(died("burnt", 100), false);
});

test("a call that was cut off is in doubt, and may be counted or not", () => {
  const ledger = ledgerOf(died("killed"), false);
  assert.equal(ledger.reconcile(new Map()).lost.length, 0);
  const { doubtful, doubtfulCounted } = ledger.reconcile(new Map([["one", 1]]));
  assert.deepEqual([doubtful, doubtfulCounted], [1, 1]);
});

test("nothing may be there twice, and nothing that nobody tracked", () => {
  for (const returned of [true, false]) {
    const found = ledgerOf(died("killed"), returned).reconcile(
      new Map([
        ["one", 2],
        ["other", 1],
      ]),
    );
    assert.deepEqual(found.twice, ["one"]);
    assert.deepEqual(found.unknown, ["other"]);
  }
});
