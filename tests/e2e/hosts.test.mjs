/** Tours in applications that draw themselves anew all the time. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { FRAMEWORKS, serveRestless } from "../hosts/restless/host.mjs";
import { launch, openPage } from "./browser.mjs";
import { startCollector } from "./collector.mjs";
import { TOUR, goThrough } from "./restless.mjs";

describe("an application that draws itself anew several times a second", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;

  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  for (const framework of FRAMEWORKS) {
    test(`in ${framework}: a tour over two pages is gone through to its end`, async () => {
      const collector = await startCollector();
      await collector.publish(TOUR);
      const host = await serveRestless(framework, {
        collector: collector.url,
        writeKey: collector.writeKey,
      });
      const page = await openPage(browser);
      try {
        await page.goto(host.url);
        await goThrough({
          run: (script, ...args) =>
            page.evaluate(
              ([script, args]) => (0, eval)(`(${script})`)(.../** @type {any[]} */ (args)),
              [String(script), args],
            ),
          click: (x, y) => page.mouse.click(x, y),
          reload: () => page.reload(),
        });
        assert.deepEqual(page.problems, []);
      } finally {
        await page.context().close();
        await host.close();
        await collector.stop();
      }
    });
  }
});
