/** The scenarios in Chromium. */
import { after, describe, test } from "node:test";
import { AT_A_TIME, scenariosOf } from "./scenarios.mjs";
import { Stable } from "./scenario.mjs";

describe("in Chromium", { concurrency: AT_A_TIME }, () => {
  const stable = new Stable("chromium");
  after(() => stable.close());
  for (const scenario of scenariosOf("chromium")) {
    test(scenario.name, () => stable.run(scenario));
  }
});
