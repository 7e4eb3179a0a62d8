/** What else stands in the checklist's corner of the page. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { serveHost, snippet } from "../../hosts/serve.mjs";
import { eventually, launch, openPage } from "../browser.mjs";
import { startCollector } from "../collector.mjs";
import { CHECKLIST } from "../probe.mjs";

const BANNER = {
  id: "bar",
  kind: "banner",
  side: "bottom",
  title: "You are on trial.",
  body: "It ends in a fortnight, and with it what you have written down here. Choose a plan to keep it all.",
};

/** @typedef {{ launcher: DOMRect, banner?: DOMRect, height: number }} Corner */

describe("the launcher", () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("../collector.mjs").Collector} */
  let collector;
  before(async () => {
    browser = await launch();
    collector = await startCollector();
    await collector.publish(CHECKLIST, BANNER);
  });
  after(async () => {
    await browser.close();
    await collector.stop();
  });

  for (const [width, height] of /** @type {const} */ ([
    [1280, 800],
    [320, 568],
  ])) {
    test(`stands above a banner at the bottom of ${width} × ${height} pixels, whatever its height, and goes down when that is closed`, async () => {
      const { url, writeKey } = collector;
      const host = await serveHost({
        collector: url,
        handler: (_request, response, { pathname }) => {
          if (pathname !== "/") return false;
          response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
          response.end(`<!doctype html><title>Corner</title>${snippet({ writeKey })}<p>A page</p>`);
          return true;
        },
      });
      const page = await openPage(browser, {
        reducedMotion: "reduce",
        viewport: { width, height },
      });
      const corner = () =>
        page.evaluate(() => {
          const root = document.querySelector("[data-headstart]")?.shadowRoot;
          const box = (/** @type {string} */ what) =>
            root?.querySelector(what)?.getBoundingClientRect().toJSON();
          return { launcher: box(".launcher"), banner: box(".card"), height: innerHeight };
        });
      try {
        await page.goto(host.url);
        await page.widget.tip.waitFor({ timeout: 30_000 });
        const isAbove = (/** @type {Corner} */ { launcher, banner }) => {
          const gap = banner ? banner.top - launcher.bottom : NaN;
          return gap >= 8 && gap <= 24;
        };
        const first = await eventually(corner, isAbove, { within: 5000 });
        await page.setViewportSize({ width: width === 320 ? 640 : 500, height });
        const second = await eventually(
          corner,
          (now) => now.banner?.height !== first.banner.height && isAbove(now),
          { within: 5000 },
        );
        assert.equal(Math.round(second.banner.bottom), height);
        await page.widget.launcher.click({ timeout: 3000 });
        await page.widget.tip.getByRole("button", { name: "Close" }).click({ timeout: 3000 });
        await page.widget.tip.waitFor({ state: "detached" });
        await page.keyboard.press("Escape");
        await eventually(corner, ({ launcher }) => Math.round(height - launcher.bottom) <= 20, {
          within: 5000,
        });
        assert.deepEqual(page.problems, []);
      } finally {
        await page.context().close();
        await host.close();
      }
    });
  }
});
