/** Pages whose policy forbids all that a page can do without. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { serveStrict } from "../hosts/strict/host.mjs";
import { eventually, launch, openPage } from "./browser.mjs";
import { startCollector } from "./collector.mjs";
import { CHECKLIST, TIP } from "./probe.mjs";

describe("under a strict policy with Trusted Types", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startCollector>>} */
  let collector;

  before(async () => {
    browser = await launch();
    collector = await startCollector();
    await collector.publish(CHECKLIST, TIP);
  });
  after(async () => {
    await browser.close();
    await collector.stop();
  });

  /** @param {boolean} wasm */
  async function open(wasm) {
    const host = await serveStrict({
      collector: collector.url,
      writeKey: collector.writeKey,
      wasm,
    });
    const page = await openPage(browser);
    await page.goto(host.url);
    return { host, page };
  }

  test("the whole widget works, styled, and violates nothing", async () => {
    const { host, page } = await open(true);
    await page.widget.launcher.click();
    await page.widget.panel.waitFor();
    await page.widget.task("Press it").click();
    await page.widget.tip.getByText("Well pressed").waitFor();
    await page.locator("[data-hs=target]").first().click();
    await eventually(
      () => page.widget.launcher.textContent(),
      (text) => text?.includes("2 of 2 done") ?? false,
    );
    const look = await page.widget.panel.evaluate((panel) => {
      const { backgroundColor, borderTopLeftRadius } = getComputedStyle(panel);
      return { backgroundColor, borderTopLeftRadius };
    });
    assert.notEqual(look.backgroundColor, "rgba(0, 0, 0, 0)");
    assert.notEqual(look.borderTopLeftRadius, "0px");
    assert.deepEqual(await page.evaluate(() => window.violations), []);
    assert.deepEqual(await page.evaluate(() => window.hostErrors), []);
    assert.deepEqual(page.problems, []);
    await page.context().close();
    await host.close();
  });

  test("where the policy forbids wasm, the page sees one console line and nothing else", async () => {
    const { host, page } = await open(false);
    await eventually(
      () => page.problems.filter((text) => text.startsWith("headstart:")),
      (lines) => lines.length > 0,
      { what: "the console line" },
    );
    await page.waitForTimeout(1000);
    const ours = page.problems.filter((text) => text.startsWith("headstart:"));
    assert.equal(ours.length, 1);
    assert.match(ours[0] ?? "", /'wasm-unsafe-eval'/);
    assert.equal(await page.widget.host.count(), 0);
    assert.deepEqual(await page.evaluate(() => window.hostErrors), []);
    await page.context().close();
    await host.close();
  });
});
