/** A tour in applications that draw themselves anew several times a second. */
import assert from "node:assert/strict";
import { FRAMEWORKS, serveRestless } from "../../hosts/restless/host.mjs";
import { TOUR, goThrough } from "../restless.mjs";

/** @type {import("./scenario.mjs").Scenario[]} */
export const RESTLESS = FRAMEWORKS.map((framework) => ({
  name: `a tour is gone through in an application in ${framework} that draws itself anew all the time`,
  async run({ browser, collector }) {
    await collector.publish(TOUR);
    const { url, writeKey } = collector;
    const host = await serveRestless(framework, { collector: url, writeKey, open: true });
    try {
      const tab = await browser.open(host.url);
      // Chromium gives a page focus when it is used first, and a tour waits for somebody to be there.
      await tab.look();
      await goThrough({
        // WebDriver waits for what a script promises.
        run: (script, ...args) => /** @type {any} */ (tab.run(script, ...args)),
        click: (x, y) => tab.click(x, y),
        reload: () => tab.reload(),
      });
      assert.deepEqual(await tab.run(() => window.said), []);
      await tab.close();
    } finally {
      await host.close();
    }
  },
}));
