import assert from "node:assert/strict";
import { test } from "node:test";
import { median, percentile, rotated } from "./numbers.mjs";

test("a percentile is by nearest rank, whatever the order", () => {
  /** @param {number[]} values @param {number} share @param {number} expect */
  const check = (values, share, expect) => assert.equal(percentile(values, share), expect);
  check([7], 0.99, 7);
  check([3, 1, 2], 0.5, 2);
  check([4, 1, 3, 2], 0.5, 2);
  check([10, 9, 100], 0.99, 100);
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  check(hundred, 0.99, 99);
  check(hundred, 1, 100);
  check(hundred, 0, 1);
});

test("what was not measured has no median", () => {
  assert.throws(() => median([]), /nothing was measured/);
});

test("over the rounds everyone has every turn", () => {
  const list = ["a", "b", "c"];
  const rounds = [0, 1, 2, 3].map((round) => rotated(list, round).join(""));
  assert.deepEqual(rounds, ["abc", "bca", "cab", "abc"]);
});
