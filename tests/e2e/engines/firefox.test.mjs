/** The scenarios in Firefox. */
import { after, describe, test } from "node:test";
import { AT_A_TIME, scenariosOf } from "./scenarios.mjs";
import { Stable } from "./scenario.mjs";

describe("in Firefox", { concurrency: AT_A_TIME }, () => {
  const stable = new Stable("firefox");
  after(() => stable.close());
  for (const scenario of scenariosOf("firefox")) {
    test(scenario.name, () => stable.run(scenario));
  }
});
