/** What the tabs of one browser have in common: one queue, and one of them at a time that sends. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { COLLECTOR_PREFIX, serveHost, snippet, withSnippet } from "../hosts/serve.mjs";
import { eventually, launch } from "./browser.mjs";
import { startCollector } from "./collector.mjs";

/** @typedef {import("playwright-core").BrowserContext} BrowserContext */
/** @typedef {import("playwright-core").Page} Page */

const PAGE = "<!doctype html><html><head><title>A page</title></head><body></body></html>";

/**
 * A site with the widget on it, which looks at each batch before the collector does.
 *
 * @param {Awaited<ReturnType<typeof startCollector>>} collector
 */
async function serveSite(collector) {
  /** Names of the events that were tracked, batch by batch. @type {string[][]} */
  const batches = [];
  const flow = {
    now: 0,
    most: 0,
    delay: 0,
    /** @type {Promise<void> | undefined} */ gate: undefined,
  };
  const host = await serveHost({
    collector: collector.url,
    async handler(request, response, url) {
      if (url.pathname === "/") {
        const html = withSnippet(PAGE, snippet({ writeKey: collector.writeKey }));
        response.writeHead(200, { "content-type": "text/html" }).end(html);
        return true;
      }
      if (url.pathname === "/elsewhere") {
        response.writeHead(200, { "content-type": "text/html" }).end("<title>Elsewhere</title>");
        return true;
      }
      return false;
    },
    async intercept(request, response, url) {
      if (url.pathname !== `${COLLECTOR_PREFIX}/v1/batch`) return false;
      /** @type {Buffer[]} */
      const parts = [];
      request.on("data", (part) => parts.push(part));
      await once(request, "end");
      const body = Buffer.concat(parts);
      const text = body[0] === 0x1f ? gunzipSync(body) : body;
      /** @type {{ batch: { event?: string }[] }} */
      const { batch } = JSON.parse(text.toString());
      flow.now += 1;
      flow.most = Math.max(flow.most, flow.now);
      batches.push(batch.flatMap(({ event }) => (event?.startsWith("Event") ? [event] : [])));
      await flow.gate;
      await new Promise((go) => setTimeout(go, flow.delay));
      const answer = await fetch(`${collector.url}/v1/batch`, { method: "POST", body: text });
      flow.now -= 1;
      response.writeHead(answer.status, { "content-type": "application/json" });
      response.end(await answer.text());
      return true;
    },
  });
  return { host, batches, flow, sent: () => batches.flat() };
}

/** A page on which the widget runs. @param {BrowserContext} context @param {string} url */
async function openTab(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  await track(page, "Begin");
  await page.waitForFunction(
    () => /** @type {any} */ (window).headstart("debug")?.queue !== undefined,
    undefined,
    { timeout: 60_000 },
  );
  return page;
}

/** @param {Page} page @param {string} event */
function track(page, event) {
  return page.evaluate((name) => /** @type {any} */ (window).headstart("track", name), event);
}

/** How many messages wait in the tab's view. @param {Page} page @returns {Promise<number>} */
function waiting(page) {
  return page.evaluate(() => /** @type {any} */ (window).headstart("debug").queue.messages);
}

/** @param {string[]} names */
function times(names) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

describe("the queue of a browser's tabs", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startCollector>>} */
  let collector;
  /** @type {Awaited<ReturnType<typeof serveSite>>} */
  let site;
  /** @type {BrowserContext} */
  let context;

  before(async () => {
    browser = await launch();
    collector = await startCollector();
  });
  after(async () => {
    await browser.close();
    await collector.stop();
  });

  /** @param {(site: Awaited<ReturnType<typeof serveSite>>) => Promise<void>} run */
  async function withSite(run) {
    site = await serveSite(collector);
    context = await browser.newContext();
    try {
      await run(site);
    } finally {
      await context.close();
      await site.host.close();
    }
  }

  /** @param {Page[]} tabs @param {number} each */
  async function trackInTurns(tabs, each) {
    /** @type {string[]} */
    const names = [];
    for (let index = 0; index < each; index += 1) {
      for (const [place, tab] of tabs.entries()) {
        const name = `Event ${place}.${index}`;
        names.push(name);
        await track(tab, name);
      }
      await new Promise((go) => setTimeout(go, 50));
    }
    return names;
  }

  test("two tabs never send at once, and each event goes once", () =>
    withSite(async ({ host, flow, sent }) => {
      const tabs = [await openTab(context, host.url), await openTab(context, host.url)];
      flow.delay = 400;
      const names = await trackInTurns(tabs, 30);
      await eventually(sent, (found) => found.length >= names.length, { within: 30_000 });
      for (const tab of tabs) {
        await eventually(
          () => waiting(tab),
          (count) => count === 0,
          { within: 30_000, what: "an empty queue" },
        );
      }
      assert.deepEqual(times(sent()), times(names));
      assert.equal(flow.most, 1);
    }));

  test("what a tab that crashed had not sent, another tab sends", () =>
    withSite(async ({ host, flow, sent }) => {
      const one = await openTab(context, host.url);
      await eventually(
        () => waiting(one),
        (count) => count === 0,
      );
      let open = () => {};
      flow.gate = new Promise((resolve) => (open = () => resolve()));
      await track(one, "Event in flight");
      await eventually(sent, (found) => found.length === 1);
      await track(one, "Event behind");
      const other = await openTab(context, host.url);
      await track(other, "Event of the other");
      const client = await context.newCDPSession(one);
      const crashed = new Promise((resolve) => one.once("crash", resolve));
      client.send("Page.crash").catch(() => {});
      await crashed;
      flow.gate = undefined;
      open();
      await eventually(sent, (found) => found.length >= 4, { within: 30_000 });
      await eventually(
        () => waiting(other),
        (count) => count === 0,
        { within: 30_000 },
      );
      assert.deepEqual(times(sent()), {
        // Nobody was left who could have heard that it had arrived.
        "Event in flight": 2,
        "Event behind": 1,
        "Event of the other": 1,
      });
    }));

  test("what a page leaves unsent the next page sends", () =>
    withSite(async ({ host, sent }) => {
      const page = await openTab(context, host.url);
      await eventually(
        () => waiting(page),
        (count) => count === 0,
      );
      await context.setOffline(true);
      await track(page, "Event offline");
      await page.close();
      await context.setOffline(false);
      await openTab(context, host.url);
      await eventually(sent, (found) => found.length === 1);
      assert.deepEqual(sent(), ["Event offline"]);
    }));
});

/**
 * @param {{ flags?: string[], without?: string[] }} options
 * @param {(context: BrowserContext, site: Awaited<ReturnType<typeof serveSite>>) => Promise<void>} run
 */
async function inBrowser({ flags = [], without = [] }, run) {
  const collector = await startCollector();
  const site = await serveSite(collector);
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", ...flags],
    ignoreDefaultArgs: without,
  });
  try {
    await run(await browser.newContext(), site);
  } finally {
    await browser.close();
    await site.host.close();
    await collector.stop();
  }
}

test("where there are no locks, on a page that is not secure, tabs take turns all the same", () =>
  inBrowser({ flags: ["--host-resolver-rules=MAP shop.test 127.0.0.1"] }, async (context, site) => {
    const { batches, flow, sent } = site;
    const url = site.host.url.replace("127.0.0.1", "shop.test");
    const tabs = [await openTab(context, url), await openTab(context, url)];
    const [first] = tabs;
    assert.ok(first);
    assert.equal(await first.evaluate(() => navigator.locks), undefined);
    flow.delay = 400;
    for (let index = 0; index < 20; index += 1) {
      for (const [place, tab] of tabs.entries()) await track(tab, `Event ${place}.${index}`);
      await new Promise((go) => setTimeout(go, 50));
    }
    await eventually(sent, (found) => found.length >= 40, { within: 30_000 });
    for (const tab of tabs) {
      await eventually(
        () => waiting(tab),
        (count) => count === 0,
        { within: 30_000 },
      );
    }
    assert.equal(flow.most, 1, JSON.stringify(batches));
    assert.ok(Object.values(times(sent())).every((count) => count === 1));
  }));

test("a page that the browser keeps is come back to, and goes on", () =>
  inBrowser({ without: ["--disable-back-forward-cache"] }, async (context, site) => {
    const page = await openTab(context, site.host.url);
    await page.evaluate(() => {
      addEventListener("pageshow", ({ persisted }) => {
        /** @type {any} */ (window).restored = persisted;
      });
    });
    await track(page, "Event before");
    await page.goto(`${site.host.url}/elsewhere`);
    await page.goBack({ waitUntil: "commit" });
    await eventually(
      () => page.evaluate(() => /** @type {any} */ (window).restored),
      (restored) => restored === true,
      { what: "the page as it was" },
    );
    await track(page, "Event after");
    await eventually(site.sent, (found) => found.includes("Event after"));
    await eventually(
      () => waiting(page),
      (count) => count === 0,
    );
    assert.equal(times(site.sent())["Event after"], 1);
  }));
