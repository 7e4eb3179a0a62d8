/** Assistive technology in Firefox. */
import { after, before, describe, test } from "node:test";
import { Suite } from "./suite.mjs";

describe("in Firefox", () => {
  const suite = new Suite("firefox");
  before(() => suite.start());
  after(() => suite.stop());
  for (const [about, all] of Object.entries(suite.promises())) {
    describe(about, () => {
      for (const { name, run } of all) test(name, run);
    });
  }
});
