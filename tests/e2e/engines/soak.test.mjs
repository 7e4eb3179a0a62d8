/** The short soak. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SHORT, soak } from "../soak.mjs";
import { summary } from "../soak/figures.mjs";

test("of what is tracked through faults and kills every event is counted once", async () => {
  const { text, failures } = summary(await soak(SHORT));
  console.log(text);
  assert.deepEqual(failures, [], text);
});
