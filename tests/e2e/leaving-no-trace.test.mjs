/** What the widget leaves behind: nothing. And what it costs those it has nothing for: next to that. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { serveStrict } from "../hosts/strict/host.mjs";
import { eventually, launch, openPage } from "./browser.mjs";
import { startCollector } from "./collector.mjs";
import { CHECKLIST, TIP } from "./probe.mjs";

/**
 * How many listeners the page's own objects have.
 *
 * @param {import("playwright-core").Page} page
 * @returns {Promise<number[]>}
 */
async function listeners(page) {
  const client = await page.context().newCDPSession(page);
  const { result } = await client.send("Runtime.evaluate", {
    expression: `[window, document, document.documentElement, document.body, window.navigation]
      .map((target) => Object.values(getEventListeners(target)).flat().length)`,
    includeCommandLineAPI: true,
    returnByValue: true,
  });
  await client.detach();
  return result.value;
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

describe("the page without us", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;

  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  /** @param {unknown[]} content */
  async function open(content) {
    const collector = await startCollector();
    if (content.length > 0) await collector.publish(...content);
    const host = await serveStrict({ collector: collector.url, writeKey: collector.writeKey });
    const page = await openPage(browser);
    await page.goto(host.url);
    const close = async () => {
      await page.context().close();
      await host.close();
      await collector.stop();
    };
    return { collector, page, close };
  }

  test("a user with nothing to see downloads the loader and one small answer, no wasm", async () => {
    const { page, close } = await open([]);
    await eventually(
      () => page.requests.filter((request) => request.endsWith("/v1/boot")),
      (boots) => boots.length === 1,
      { what: "the boot" },
    );
    await page.waitForTimeout(2000);
    const ours = page.requests.filter((request) => request.includes("/hs/"));
    assert.deepEqual(
      ours.map((request) => new URL(request.split(" ")[1] ?? "").pathname),
      ["/hs/headstart.js", "/hs/v1/boot"],
    );
    assert.equal(await page.widget.host.count(), 0);
    await close();
  });

  test("an event tracked later loads the widget and arrives", async () => {
    const { collector, page, close } = await open([]);
    await eventually(
      () => page.requests.filter((request) => request.endsWith("/v1/boot")),
      (boots) => boots.length === 1,
    );
    await page.evaluate(() => /** @type {any} */ (window).headstart("track", "Thing Done"));
    await eventually(
      () => collector.admin("/api/v1/metrics/sessions"),
      (found) => found.count === 1,
      { what: "the session that the widget reports" },
    );
    await close();
  });

  test("destroy takes every node and every listener away", async () => {
    const { page, close } = await open([CHECKLIST, TIP]);
    await page.widget.launcher.click();
    await page.widget.tip.waitFor();

    const during = await listeners(page);
    await page.evaluate(() => /** @type {any} */ (window).headstart("destroy"));
    await page.widget.host.waitFor({ state: "detached" });
    const left = await listeners(page);

    const untouched = await openPage(browser);
    await untouched.route("**/headstart.js", (route) => route.fulfill({ body: "" }));
    await untouched.goto(page.url());
    const without = await listeners(untouched);
    await untouched.context().close();
    assert.ok(sum(during) > sum(without), "the widget listens while it is there");
    assert.deepEqual(left, without);
    assert.equal(
      await page.evaluate(() => document.documentElement.outerHTML.includes("data-headstart")),
      false,
    );

    const quiet = page.requests.length;
    await page.locator("[data-hs=target]").first().click();
    await page.evaluate(() => /** @type {any} */ (window).headstart("track", "Thing Done"));
    await page.waitForTimeout(2500);
    assert.equal(page.requests.length, quiet);
    assert.deepEqual(page.problems, []);
    await close();
  });

  test("no attribute of the host's elements is changed by a tip", async () => {
    const { page, close } = await open([CHECKLIST, TIP]);
    const html = () =>
      page.evaluate(() => document.querySelector("[data-hs=target]")?.outerHTML ?? "");
    await page.widget.launcher.waitFor();
    const before = await html();
    await page.locator("[data-hs=target]").first().click();
    await page.widget.tip.waitFor();
    assert.equal(await html(), before);
    await close();
  });
});
