/** A page of somebody else's, in Chromium, with the snippet on it. */

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { after, before, describe } from "node:test";
import { chromium } from "playwright-core";
import { FakeCollector } from "./fake-collector.mjs";

export const STUB =
  "<script>window.headstart=window.headstart||function(){(headstart.q=headstart.q||[]).push([Date.now(),arguments])}</script>";

export const WRITE_KEY = "wk_test";

/** @type {import("playwright-core").Browser} */
let browser;

/**
 * A group of tests with a browser. They mostly wait, so several run at a time.
 *
 * @param {string} name
 * @param {() => void} tests
 */
export function describeInBrowser(name, tests) {
  describe(name, { concurrency: 4 }, () => {
    before(async () => {
      browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: ["--no-sandbox"],
      });
    });
    after(() => browser.close());
    tests();
  });
}

/**
 * @typedef {object} Visit
 * @property {string} [before] what the page runs before anything of ours
 * @property {boolean} [stub] whether the inline stub is there
 * @property {string} [calls] what the page runs right after the stub
 * @property {string} [script] the tags that load the loader, instead of the usual one
 * @property {string} [body]
 * @property {string} [csp] the page's Content-Security-Policy
 * @property {string} [reportOnlyCsp] and the one that it only tries out
 * @property {boolean} [clock] whether the test moves the time
 * @property {(collector: FakeCollector) => void} [given] what the collector answers
 */

/**
 * Opens the page for the length of `test`.
 *
 * @param {import("node:test").TestContext} test
 * @param {Visit} [visit]
 */
export async function openHostPage(test, visit = {}) {
  const collector = await FakeCollector.start();
  visit.given?.(collector);
  const host = createServer((request, response) => {
    if (request.url !== "/") {
      response.writeHead(404).end();
      return;
    }
    /** @type {Record<string, string>} */
    const headers = { "content-type": "text/html; charset=utf-8" };
    const policies = {
      "content-security-policy": visit.csp,
      "content-security-policy-report-only": visit.reportOnlyCsp,
    };
    for (const [name, policy] of Object.entries(policies)) {
      if (policy) headers[name] = policy.replaceAll("COLLECTOR", collector.origin);
    }
    response.writeHead(200, headers);
    response.end(html(visit, collector.origin));
  });
  host.listen(0, "127.0.0.1");
  await once(host, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (host.address());

  const context = await browser.newContext();
  const opened = new HostPage(await context.newPage(), collector, `http://127.0.0.1:${port}/`);
  test.after(async () => {
    await context.close();
    host.closeAllConnections();
    host.close();
    await collector.stop();
  });
  if (visit.clock) {
    await opened.page.clock.install({ time: 0 });
    await opened.page.clock.pauseAt(1000);
  }
  await opened.reload();
  return opened;
}

/**
 * @param {Visit} visit
 * @param {string} origin
 */
function html({ before, stub = true, calls, script, body = "" }, origin) {
  const inline = (/** @type {string | undefined} */ code) =>
    code ? `<script>${code}</script>` : "";
  const tags =
    script ?? `<script async src="COLLECTOR/headstart.js" data-write-key="${WRITE_KEY}"></script>`;
  return [
    "<!doctype html><link rel=icon href=data:,><title>host</title>",
    inline(before),
    stub ? STUB : "",
    inline(calls),
    tags,
    `<body>${body}`,
  ]
    .join("\n")
    .replaceAll("COLLECTOR", origin);
}

/** The opened page, and everything of ours that someone there could notice. */
export class HostPage {
  /** Exceptions and unhandled rejections. @type {string[]} */
  exceptions = [];
  /** The loader's lines in the console. @type {string[]} */
  lines = [];
  /** @type {Set<import("playwright-core").Request>} */
  #underWay = new Set();

  /**
   * @param {import("playwright-core").Page} page
   * @param {FakeCollector} collector
   * @param {string} url
   */
  constructor(page, collector, url) {
    this.page = page;
    this.collector = collector;
    this.url = url;
    page.on("pageerror", (error) => this.exceptions.push(String(error)));
    page.on("request", (request) => this.#underWay.add(request));
    page.on("response", (response) => this.#underWay.delete(response.request()));
    page.on("requestfailed", (request) => this.#underWay.delete(request));
    page.on("console", (message) => {
      if (message.text().startsWith("headstart:")) this.lines.push(message.text());
    });
  }

  async reload() {
    await this.page.goto(this.url, { waitUntil: "commit" });
    // The loader has run when the global has more than the stub would give it.
    await this.page.waitForFunction(() => document.readyState !== "loading");
  }

  /** Calls `window.headstart`. @param {...unknown} args */
  call(...args) {
    return this.page.evaluate((all) => /** @type {any} */ (window).headstart(...all), args);
  }

  /** Waits until the loader has taken over from the stub. */
  async loaderRan() {
    await this.page.waitForFunction(() => Boolean(window.headstart?.writeKey));
  }

  /** Waits until the widget is there; what it was started with, and every call it got. */
  async widgetStarted() {
    await this.page.waitForFunction(() => /** @type {any} */ (window).widget?.starts.length > 0);
    return this.page.evaluate(() => {
      const { loads, starts, delivered } = /** @type {any} */ (window).widget;
      return { loads, starts, delivered };
    });
  }

  /** The names and first arguments of the calls the widget got: "track Invoice Created". */
  async delivered() {
    const { delivered } = await this.widgetStarted();
    return delivered.map((/** @type {any} */ [, args]) => args.join(" "));
  }

  /** What this project keeps in the page's storage. @param {string} name */
  stored(name) {
    return this.page.evaluate((key) => localStorage.getItem(key), `headstart.${WRITE_KEY}.${name}`);
  }

  /**
   * Waits for `condition` on the outside, in real time.
   *
   * @param {() => boolean} condition
   * @param {string} what
   */
  async until(condition, what) {
    for (let waited = 0; !condition(); waited += 10) {
      if (waited > 5000) throw new Error(`waited 5 s for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Waits until the collector was asked `count` times what there is. @param {number} [count] */
  booted(count = 1) {
    return this.until(() => this.collector.boots.length >= count, `boot request ${count}`);
  }

  /** Long enough for anything the loader would do of its own accord, retries apart. */
  async quiet() {
    await new Promise((resolve) => setTimeout(resolve, 800));
  }

  /**
   * The page is as if we were not there: nothing thrown, at most one line, and its calls to us
   * answer nothing.
   */
  async assertUnnoticed() {
    assert.deepEqual(this.exceptions, []);
    assert.ok(this.lines.length <= 1, this.lines.join("\n"));
    for (const call of [["track", "x"], ["identify", "user-9"], ["destroy"], ["track", "y"]]) {
      assert.equal(await this.call(...call), undefined);
    }
    await this.quiet();
    assert.deepEqual(this.exceptions, []);
  }

  /**
   * Lets time pass on a page opened with `clock`. It stands still while a request is under way,
   * unless that is one that the collector leaves without an answer.
   *
   * @param {number} seconds
   */
  async pass(seconds) {
    for (let passed = 0; passed < seconds; passed += 0.5) {
      await this.page.clock.runFor(500);
      for (let waited = 0; waited < 200 && (waited === 0 || this.#underWay.size > 0); waited += 5) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  }
}
