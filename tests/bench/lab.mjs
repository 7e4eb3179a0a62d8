/** The room where the libraries are measured: one browser, a page for each, and their collectors. */
import assert from "node:assert/strict";
import { build } from "esbuild";
import { startCollector, inRepository } from "../e2e/collector.mjs";
import { eventually, launch } from "../e2e/browser.mjs";
import { CHECKLIST } from "../e2e/probe.mjs";
import { serveHost, snippet } from "../hosts/serve.mjs";
import { answerAsPostHog, answerAsSegment } from "./collectors.mjs";
import { countStorage } from "./storage-counter.js";
import { Wire, forwardTo } from "./wire.mjs";

/** @typedef {import("./subjects.mjs").Subject} Subject */

/** How long what was begun may take to end, milliseconds. */
const PATIENCE = 20_000;
/** So long nothing more must come before a library counts as done, milliseconds. */
const QUIET = 500;
/** What the libraries take for a browser that a script drives, they do not report from. */
const LIKE_A_PERSONS = ["--disable-blink-features=AutomationControlled"];
/** The one write key of the peers, of the length of theirs. */
const PEER_KEY = "wk_0123456789abcdef0123456789abcdef";

/** Everything that is needed to open a page with a library on it. */
export class Lab {
  /** @type {(() => Promise<void>)[]} */
  #closers = [];
  #runs = 0;

  /**
   * @param {import("playwright-core").Browser} browser
   * @param {Map<string, string>} scripts by library
   */
  constructor(browser, scripts) {
    this.browser = browser;
    this.scripts = scripts;
    this.#closers.push(() => browser.close());
  }

  static async open() {
    const scripts = await bundle();
    return new Lab(await launch(LIKE_A_PERSONS), scripts);
  }

  async close() {
    for (const close of this.#closers.reverse()) await close();
  }

  /**
   * A page with the library on it, in a storage of its own, after its first event has arrived.
   *
   * @param {Subject} subject
   * @param {{ storage?: boolean }} [options] `storage`: whether writes to the storage are counted,
   *   which costs time
   */
  async stand(subject, { storage = false } = {}) {
    /** @type {(() => Promise<unknown>)[]} */
    const closers = [];
    const close = async () => {
      for (const end of closers.splice(0).reverse()) await end();
    };
    try {
      const { wire, writeKey, stop } = await this.#collector(subject);
      closers.push(stop);
      const options = { collector: wire.url, writeKey, settings: subject.settings ?? {} };
      const host = await serveHost({
        handler: (_request, response, url) => {
          // With both, the page's clock ticks in 5 µs instead of 100.
          response.setHeader("cross-origin-opener-policy", "same-origin");
          response.setHeader("cross-origin-embedder-policy", "require-corp");
          const isScript = url.pathname === "/page.js";
          if (!isScript && url.pathname !== "/") return false;
          const type = isScript ? "text/javascript" : "text/html";
          response.writeHead(200, { "content-type": `${type}; charset=utf-8` });
          response.end(isScript ? this.scripts.get(subject.library) : html(subject, options));
          return true;
        },
      });
      closers.push(host.close);
      const context = await this.browser.newContext({
        userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${this.browser.version().split(".")[0]}.0.0.0 Safari/537.36`,
        viewport: { width: 1280, height: 800 },
      });
      closers.push(() => context.close());
      if (storage) await context.addInitScript(countStorage);
      const page = await context.newPage();
      const stand = new Stand(subject, wire, page, () => `r${(this.#runs += 1)}`, close);
      await page.goto(`${host.url}/`);
      await stand.warm();
      return stand;
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** @param {Subject} subject */
  async #collector(subject) {
    if (subject.library !== "headstart") {
      const answer = subject.library === "posthog" ? answerAsPostHog : answerAsSegment;
      const wire = await Wire.start(answer);
      return { wire, writeKey: PEER_KEY, stop: () => wire.stop() };
    }
    const collector = await startCollector();
    if (subject.content) await collector.publish(CHECKLIST);
    const wire = await Wire.start(forwardTo(collector.url));
    const stop = async () => {
      await wire.stop();
      await collector.stop();
    };
    return { wire, writeKey: collector.writeKey, stop };
  }
}

/** One page with one library. */
export class Stand {
  #run;
  /** @type {import("playwright-core").CDPSession | undefined} */
  #tools;

  /**
   * @param {Subject} subject
   * @param {Wire} wire
   * @param {import("playwright-core").Page} page
   * @param {() => string} run names a run
   * @param {() => Promise<void>} close
   */
  constructor(subject, wire, page, run, close) {
    this.subject = subject;
    this.wire = wire;
    this.page = page;
    this.close = close;
    this.#run = run;
  }

  /** Waits until the library is there and nothing of its start is left to be done. */
  async warm() {
    assert.ok(
      await this.page.evaluate(() => window.crossOriginIsolated),
      "the page's clock is coarse",
    );
    await this.arrived((await this.burst(1)).run);
    if (this.subject.content) {
      await eventually(
        () => this.page.locator("[data-headstart]").count(),
        (found) => found === 1,
        { what: "the checklist" },
      );
    }
    await this.quiet();
  }

  /**
   * Reports so many events at once.
   *
   * @param {number} count
   * @param {{ idle?: boolean }} [options]
   */
  burst(count, options = {}) {
    return this.#tracked({ ...options, run: this.#run(), count }, (run) => window.bench.burst(run));
  }

  /**
   * Reports so many events one after the other.
   *
   * @param {number} count
   * @param {number} gap milliseconds
   * @param {{ idle?: boolean }} [options]
   */
  stream(count, gap, options = {}) {
    return this.#tracked({ ...options, run: this.#run(), count, gap }, (run) =>
      window.bench.stream(run),
    );
  }

  /**
   * @template {BenchRun} R
   * @param {R} run
   * @param {(run: any) => BenchTimes | Promise<BenchTimes>} work
   */
  async #tracked(run, work) {
    const times = await this.page.evaluate(work, run);
    return { ...times, run: { name: run.run, count: run.count } };
  }

  /**
   * Waits until every event of the run is at the collector.
   *
   * @param {{ name: string, count: number }} run
   */
  async arrived({ name, count }) {
    const here = () =>
      [...this.wire.invoices].filter((invoice) => invoice.startsWith(`${name}-`)).length;
    await eventually(here, (found) => found >= count, {
      within: PATIENCE,
      what: `${this.subject.name}: that all ${count} events arrive`,
    });
  }

  /** Waits until the library asks nothing of its collector for a while. */
  async quiet() {
    for (let seen = -1; seen !== this.wire.counts.length;) {
      seen = this.wire.counts.length;
      await pause(QUIET);
    }
  }

  /** The browser's developer tools for this page. */
  async tools() {
    this.#tools ??= await this.page.context().newCDPSession(this.page);
    return this.#tools;
  }
}

/** @param {number} ms */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The pages' scripts by library. */
async function bundle() {
  const files = await production(
    ["headstart", "posthog", "segment"].map((library) => `tests/bench/pages/${library}.js`),
  );
  return new Map(files.map(({ path, text }) => [path.replace(/^.*\/|\.js$/g, ""), text]));
}

/** Pages' scripts, and their style sheets, as a production build makes them. @param {string[]} scripts */
export async function production(scripts) {
  const { outputFiles } = await build({
    entryPoints: scripts.map(inRepository),
    bundle: true,
    minify: true,
    write: false,
    outdir: "/",
    format: "iife",
    platform: "browser",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  });
  return outputFiles;
}

/**
 * @param {Subject} subject
 * @param {Window["benchOptions"]} options
 */
function html(subject, options) {
  const ours = subject.library === "headstart";
  const lines = snippet({ writeKey: options.writeKey, src: `${options.collector}/headstart.js` });
  return `<!doctype html>
<html lang="en">
<head>
<title>Invoices</title>
<link rel="icon" href="data:,">
<script>window.benchOptions = ${JSON.stringify(options)}</script>
${ours ? lines : ""}
<script defer src="/page.js"></script>
</head>
<body><main><h1>Invoices</h1><button data-hs="target">New invoice</button></main></body>
</html>`;
}
