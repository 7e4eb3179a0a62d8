/** The room where it is measured how libraries come onto the screen: one browser, a fresh page for each turn. */
import { brotliCompressSync } from "node:zlib";
import { startCollector } from "../../e2e/collector.mjs";
import { launch } from "../../e2e/browser.mjs";
import { serveHost, snippet } from "../../hosts/serve.mjs";
import { postHog } from "../collectors.mjs";
import { pause, production } from "../lab.mjs";
import { Wire } from "../wire.mjs";
import { CATEGORIES, MARK, account } from "./trace.mjs";
import { noticeVisible } from "./visible.js";

/** @typedef {import("./subjects.mjs").Subject} Subject */

/** As much slower as a cheap phone is than the machine of a developer. */
export const SLOWDOWN = 4;
/** How long something may take to be seen, milliseconds. */
const PATIENCE = 60_000;
/** What is watched after it was seen, milliseconds: work that was put off is work too. */
export const AFTERWARDS = 2000;
/** The page alone is watched for longer: as long as whoever comes last. */
const ALONE = 5000;
/** A survey that is always shown, at once. */
const SURVEY = {
  id: "0190c1a6-0000-7000-8000-000000000000",
  name: "First impression",
  description: "",
  type: "popover",
  start_date: "2026-01-01T00:00:00Z",
  end_date: null,
  questions: [
    {
      id: "0190c1a6-0000-7000-8000-000000000001",
      type: "open",
      question: "Create your first invoice",
      description: "It takes two minutes, and you can change everything later.",
    },
  ],
  conditions: null,
  appearance: {},
};

/**
 * @typedef {object} Turn what one library cost one page
 * @property {number} heap what the page keeps once all is quiet, WebAssembly's memory included, bytes
 * @property {number} shift of the page's own layout (CLS)
 *
 * @typedef {Turn & import("./trace.mjs").Account} Cost
 */

/** Everything that is needed to open a page with a library on it. */
export class Lab {
  /** @type {(() => Promise<void>)[]} */
  #closers = [];

  /**
   * @param {import("playwright-core").Browser} browser
   * @param {Map<string, Buffer>} files of the pages, by their names, compressed
   */
  constructor(browser, files) {
    this.browser = browser;
    this.files = files;
    this.#closers.push(() => browser.close());
  }

  static async open() {
    const files = await bundle();
    return new Lab(await launch(["--disable-blink-features=AutomationControlled"]), files);
  }

  async close() {
    for (const close of this.#closers.reverse()) await close();
  }

  /**
   * A visitor's first page, from its address to what is to be seen there.
   *
   * @param {Subject} subject
   * @returns {Promise<Cost>}
   */
  async measure(subject) {
    /** @type {(() => Promise<unknown>)[]} */
    const closers = [];
    try {
      const { head, stop } = await this.#head(subject);
      closers.push(stop);
      const host = await serveHost({ handler: this.#answer(head) });
      closers.push(host.close);
      const context = await this.browser.newContext({
        userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${this.browser.version().split(".")[0]}.0.0.0 Safari/537.36`,
        viewport: { width: 1280, height: 800 },
      });
      closers.push(() => context.close());
      await context.addInitScript(noticeVisible, subject.visible);
      return await this.#visit(await context.newPage(), host.url, subject);
    } finally {
      for (const close of closers.reverse()) await close();
    }
  }

  /** @param {import("playwright-core").Page} page @param {string} url @param {Subject} subject */
  async #visit(page, url, subject) {
    const tools = await page.context().newCDPSession(page);
    await tools.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
    await this.browser.startTracing(page, { categories: CATEGORIES });
    // Whoever asks the page whether it is there has it answer, on the thread that is being measured.
    const seen = page.waitForEvent("console", {
      predicate: (message) => message.text() === MARK,
      timeout: PATIENCE,
    });
    await Promise.all([page.goto(`${url}/`, { waitUntil: "commit" }), seen]).catch((cause) => {
      throw new Error(`${subject.name} was not seen`, { cause });
    });
    await pause(subject.library ? AFTERWARDS : ALONE);
    const trace = JSON.parse((await this.browser.stopTracing()).toString());
    const shift = await page.evaluate(() => /** @type {any} */ (window).benchShift());
    for (let time = 0; time < 2; time++) await tools.send("HeapProfiler.collectGarbage");
    const heap = /** @type {Record<string, number>} */ (
      /** @type {unknown} */ (await tools.send("Runtime.getHeapUsage"))
    );
    return {
      ...account(trace.traceEvents),
      shift,
      heap: (heap["usedSize"] ?? NaN) + (heap["backingStorageSize"] ?? 0),
    };
  }

  /** What a page has in its head for the library, and the collector behind it. @param {Subject} subject */
  async #head({ library, content }) {
    const script = `<link rel="stylesheet" href="/${library}.css"><script defer src="/${library}.js"></script>`;
    const nothing = { stop: async () => {} };
    if (!library) return { head: "", ...nothing };
    if (library === "headstart") {
      const collector = await startCollector();
      await collector.publish(...(content ?? []));
      const show = content?.map((one) => /** @type {{ id: string }} */ (one).id) ?? [];
      const calls = show.map((id) => `headstart("show", ${JSON.stringify(id)});`).join("");
      const lines = snippet({
        writeKey: collector.writeKey,
        src: `${collector.url}/headstart.js`,
      });
      const head = `${lines}<script>headstart("identify", "user-1");${calls}</script>`;
      return { head, stop: () => collector.stop() };
    }
    if (library !== "posthog") return { head: script, ...nothing };
    const wire = await Wire.start(postHog([SURVEY]));
    const options = { collector: wire.url, writeKey: "phc_0123456789abcdef", settings: {} };
    return {
      head: `<script>window.benchOptions = ${JSON.stringify(options)}</script><script defer src="/posthog.js"></script>`,
      stop: () => wire.stop(),
    };
  }

  /** @param {string} head @returns {import("../../hosts/serve.mjs").Handler} */
  #answer(head) {
    return (_request, response, { pathname }) => {
      const file = this.files.get(pathname);
      if (!file && pathname !== "/") return false;
      const type = pathname === "/" ? "html" : pathname.endsWith(".css") ? "css" : "javascript";
      response.writeHead(200, {
        "content-type": `text/${type}; charset=utf-8`,
        ...(file && { "content-encoding": "br" }),
      });
      response.end(file ?? html(head));
      return true;
    };
  }
}

/** The pages' files, compressed, by their paths. */
async function bundle() {
  const files = await production(
    ["driver", "shepherd", "intro", "posthog"].map(
      (library) => `tests/bench/web/pages/${library}.js`,
    ),
  );
  return new Map(
    files.map(({ path, contents }) => [path.replace(/^.*\//, "/"), brotliCompressSync(contents)]),
  );
}

/** @param {string} head */
function html(head) {
  return `<!doctype html>
<html lang="en">
<head>
<meta name="viewport" content="width=device-width">
<title>Invoices</title>
<link rel="icon" href="data:,">
${head}
</head>
<body>
<nav><a id="customers" href="#customers">Customers</a> <a id="settings" href="#settings">Settings</a></nav>
<main><h1>Invoices</h1><button id="new">New invoice</button></main>
</body>
</html>`;
}
