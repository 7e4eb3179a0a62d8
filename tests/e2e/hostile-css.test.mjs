/** Pages whose style sheets would break anything that is not out of their reach. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { SHEETS, serveHostileCss } from "../hosts/hostile-css/host.mjs";
import { launch, openPage } from "./browser.mjs";
import { startCollector } from "./collector.mjs";
import { CHECKLIST, TIP } from "./probe.mjs";

/** What the page enlarges of itself, the widget included: that is the host's to say. */
const ZOOM = /** @type {Record<string, number>} */ ({ geometry: 1.5 });

describe("a host's CSS", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startCollector>>} */
  let collector;
  /** @type {Awaited<ReturnType<typeof serveHostileCss>>} */
  let host;

  before(async () => {
    browser = await launch();
    collector = await startCollector();
    await collector.publish(CHECKLIST, TIP);
    host = await serveHostileCss({ collector: collector.url, writeKey: collector.writeKey });
  });
  after(async () => {
    await host.close();
    await browser.close();
    await collector.stop();
  });

  for (const sheet of SHEETS) {
    test(`that tries to ${sheet} does not change the widget`, async () => {
      const page = await openPage(browser);
      await page.goto(`${host.url}/${sheet}`);
      await page.widget.launcher.waitFor();
      const zoom = ZOOM[sheet] ?? 1;
      const launcher = await page.widget.launcher.boundingBox();
      assert.ok(
        launcher && launcher.height >= 24 && launcher.height <= 72 * zoom,
        JSON.stringify(launcher),
      );

      // By coordinates: what covers the widget would take the click.
      await page.mouse.click(launcher.x + launcher.width / 2, launcher.y + launcher.height / 2);
      await page.widget.panel.waitFor();
      const panel = await page.widget.panel.boundingBox();
      assert.ok(panel && panel.width >= 280 && panel.width <= 480 * zoom, JSON.stringify(panel));
      const sizes = await page.widget.panel.evaluate((node) =>
        [...node.querySelectorAll("h2, h3, p, button")].map((part) =>
          parseFloat(getComputedStyle(part).fontSize),
        ),
      );
      assert.ok(
        sizes.length > 3 && sizes.every((size) => size >= 11 && size <= 24),
        sizes.join(" "),
      );
      await page.context().close();
    });
  }
});
