/** Assistive technology in Chromium. */
import { after, before, describe, test } from "node:test";
import { Suite } from "./suite.mjs";

describe("in Chromium", () => {
  const suite = new Suite("chromium");
  before(() => suite.start());
  after(() => suite.stop());
  for (const [about, all] of Object.entries(suite.promises())) {
    describe(about, () => {
      for (const { name, run } of all) test(name, run);
    });
  }
});
