/** The widget's own files: one that does not come is fetched again, one that was altered is not run. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** @typedef {import("./scenario.mjs").Scenario} Scenario */

const isGlue = (/** @type {string} */ path) => /\/headstart-\w+\.js/.test(path);

/** @type {Scenario[]} */
export const LOADING = [
  {
    name: "a module of the widget that did not come is fetched again",
    async run(world) {
      /** @type {string[]} */
      const asked = [];
      world.faults.files((path) => {
        if (!isGlue(path)) return "pass";
        asked.push(path);
        return asked.length === 1 ? "fail" : "pass";
      });
      await world.visit();
      assert.equal(new Set(asked).size, asked.length, "the browser remembers what failed");
      assert.ok(asked.length >= 2, asked.join(" "));
    },
  },
  {
    name: "a module of the widget that was altered on its way is not run where the loader is pinned",
    async run(world) {
      let altered = 0;
      world.faults.files((path) => {
        if (!isGlue(path)) return "pass";
        altered += 1;
        return "alter";
      });
      const tab = await world.browser.open(world.page("?pinned"));
      await world.until(() => altered > 0, "that the altered module was fetched");
      await sleep(1_500);
      assert.equal(await tab.run(() => "altered" in window), false);
      assert.notEqual(await tab.run(() => window.ready), true);
      // As it is, it is run.
      world.faults.files(() => "pass");
      await world.ready(tab);
    },
  },
];
