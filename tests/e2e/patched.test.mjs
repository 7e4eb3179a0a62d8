/** Pages that have replaced the browser's own functions, in the ways pages do. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PATCHES, servePatched } from "../hosts/patched/host.mjs";
import { eventually, launch, openPage } from "./browser.mjs";
import { startCollector } from "./collector.mjs";
import { CHECKLIST, TIP } from "./probe.mjs";

describe("a host's patches", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startCollector>>} */
  let collector;
  /** @type {Awaited<ReturnType<typeof servePatched>>} */
  let host;

  before(async () => {
    browser = await launch();
    collector = await startCollector();
    await collector.publish(CHECKLIST, TIP);
    host = await servePatched({ collector: collector.url, writeKey: collector.writeKey });
  });
  after(async () => {
    await host.close();
    await browser.close();
    await collector.stop();
  });

  /** A `fetch` that answers nothing a caller could use cannot carry a boot either. */
  const MUTE = ["fetch-no-promise"];

  for (const patch of PATCHES.filter((name) => !MUTE.includes(name))) {
    test(`the checklist works beside ${patch}`, async () => {
      const page = await openPage(browser);
      await page.goto(`${host.url}/?with=${patch}`);
      await page.widget.launcher.waitFor({ timeout: 60_000 });
      await page.locator("[data-hs=target]").first().click();
      await eventually(
        () => page.widget.launcher.textContent(),
        (text) => (text?.includes("2 of 2 done") || text?.includes("All done")) ?? false,
        { what: "both tasks" },
      );
      assert.deepEqual(await page.evaluate(() => window.hostErrors), []);
      assert.deepEqual(await page.evaluate(() => window.changedBuiltIns()), []);
      assert.deepEqual(await page.evaluate(() => window.addedGlobals()), ["headstart"]);
      await page.context().close();
    });
  }

  for (const patch of MUTE) {
    test(`the page never notices that ${patch} leaves nothing to work with`, async () => {
      const page = await openPage(browser);
      await page.goto(`${host.url}/?with=${patch}`);
      await page.waitForTimeout(4000);
      assert.deepEqual(await page.evaluate(() => window.hostErrors), []);
      assert.ok(page.problems.filter((text) => text.startsWith("headstart:")).length <= 1);
      await page.context().close();
    });
  }
});
