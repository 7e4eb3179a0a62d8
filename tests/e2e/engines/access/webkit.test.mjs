/** Assistive technology in WebKitGTK. */
import { after, before, describe, test } from "node:test";
import { Suite } from "./suite.mjs";

describe("in WebKitGTK", () => {
  const suite = new Suite("webkit");
  before(() => suite.start());
  after(() => suite.stop());
  for (const [about, all] of Object.entries(suite.promises())) {
    describe(about, () => {
      for (const { name, run } of all) test(name, run);
    });
  }
});
