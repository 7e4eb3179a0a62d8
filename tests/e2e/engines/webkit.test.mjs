/** The scenarios in WebKitGTK. */
import { after, describe, test } from "node:test";
import { AT_A_TIME, scenariosOf } from "./scenarios.mjs";
import { Stable } from "./scenario.mjs";

describe("in WebKitGTK", { concurrency: AT_A_TIME }, () => {
  const stable = new Stable("webkit");
  after(() => stable.close());
  for (const scenario of scenariosOf("webkit")) {
    test(scenario.name, () => stable.run(scenario));
  }
});
