/** The loader whose address has a version: the page says what it must be, and it says so of all that it loads. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { serveHost } from "../hosts/serve.mjs";
import { eventually, launch, openPage } from "./browser.mjs";
import { inRepository, startCollector } from "./collector.mjs";
import { CHECKLIST } from "./probe.mjs";

const BINARY = process.env["HEADSTART_BIN"] ?? inRepository("target/server/headstart");

/** What the strictest page allows that pins: no inline scripts, no strings as markup or as scripts' addresses. */
const STRICT =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types headstart";

describe("a pinned loader", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startCollector>>} */
  let collector;
  /** The script's element, as the command prints it. */
  let tag = "";

  before(async () => {
    browser = await launch();
    collector = await startCollector();
    await collector.publish(CHECKLIST);
    tag = collector.script("/first-party/", "--pinned").split("\n")[1] ?? "";
  });
  after(async () => {
    await browser.close();
    await collector.stop();
  });

  /**
   * A page that has the collector at a path of its own choice.
   *
   * @param {import("node:test").TestContext} t
   * @param {{ csp?: string, altered?: RegExp, attributes?: string }} [options] `altered` is what somebody has
   *   added something to on the way
   */
  async function open(t, { csp = STRICT, altered, attributes = "" } = {}) {
    /** @type {string[]} */
    const changed = [];
    const host = await serveHost({
      csp,
      async handler(request, response, { pathname, search }) {
        if (pathname.startsWith("/first-party/")) {
          const path = pathname.replace("/first-party", "") + search;
          /** @type {Buffer[]} */
          const chunks = [];
          for await (const chunk of request) chunks.push(chunk);
          const answer = await fetch(collector.url + path, {
            method: request.method ?? "GET",
            body: chunks.length ? Buffer.concat(chunks) : null,
          });
          const type = answer.headers.get("content-type") ?? "";
          let bytes = Buffer.from(await answer.arrayBuffer());
          if (altered?.test(path)) {
            changed.push(path);
            // Still a good script or module, as whoever alters it would see to it.
            const more = type.includes("wasm") ? [0, 2, 1, 97] : Buffer.from("\nwindow.evil=1;");
            bytes = Buffer.concat([bytes, Buffer.from(more)]);
          }
          response.writeHead(answer.status, { "content-type": type }).end(bytes);
          return true;
        }
        if (pathname !== "/") return false;
        response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
        response.end(
          `<!doctype html><html lang="en"><head><title>Pinned</title>${tag.replace("<script", `<script ${attributes}`)}</head>
           <body><h1>Pinned</h1><button data-hs="target">Press</button></body></html>`,
        );
        return true;
      },
    });
    t.after(host.close);
    const page = await openPage(browser);
    t.after(() => page.context().close());
    await page.goto(host.url);
    return { page, changed };
  }

  test("works on the strictest page, at a path of the customer's choice, and loads each file once", async (t) => {
    const { page } = await open(t);
    await page.widget.launcher.waitFor();
    await page.locator("[data-hs=target]").click();
    await eventually(
      () => page.widget.launcher.textContent(),
      (text) => text?.includes("1 of 2 done") ?? false,
    );
    const files = page.requests.map((request) =>
      request.replace(/^GET http:\/\/[^/]+/, "").replace(/-[0-9a-f]{8}\b/, ""),
    );
    assert.deepEqual(files.filter((file) => file.includes("/assets/")).sort(), [
      "/first-party/assets/headstart.js?0",
      "/first-party/assets/headstart.wasm",
      "/first-party/assets/loader.js",
    ]);
    assert.deepEqual(page.problems, []);
  });

  test("works where the policy lets run only what has its nonce", async (t) => {
    const { page } = await open(t, {
      csp: "default-src 'self'; script-src 'nonce-abc' 'wasm-unsafe-eval'",
      attributes: 'nonce="abc"',
    });
    await page.widget.launcher.waitFor();
    assert.deepEqual(page.problems, []);
  });

  test("opens the explainer", async (t) => {
    const { page } = await open(t);
    await page.widget.launcher.waitFor();
    await page.evaluate(() => void window.headstart?.("debug"));
    await page.locator("[data-headstart=explainer]").getByText("probe").first().waitFor();
    assert.equal(page.requests.filter((request) => request.includes("explainer")).length, 1);
    assert.deepEqual(page.problems, []);
  });

  for (const [what, altered] of /** @type {[string, RegExp][]} */ ([
    ["the loader", /\/loader-/],
    ["the glue", /\/headstart-.*\.js/],
    ["the wasm", /\.wasm/],
  ])) {
    test(`${what}, altered on the way, is not run`, async (t) => {
      const { page, changed } = await open(t, { altered });
      await eventually(() => page.problems.some((line) => /integrity/i.test(line)), Boolean, {
        what: "the browser's line",
      });
      await page.waitForTimeout(2_000);
      assert.ok(changed.length > 0);
      assert.equal(await page.evaluate("window.evil"), undefined);
      assert.equal(await page.widget.host.count(), 0);
      assert.deepEqual(
        page.problems.filter((line) => line.startsWith("uncaught")),
        [],
      );
    });
  }

  test("the explainer, altered on the way, is not run, and the rest goes on", async (t) => {
    const { page, changed } = await open(t, { altered: /explainer/ });
    await page.widget.launcher.waitFor();
    await page.evaluate(() => void window.headstart?.("debug"));
    await eventually(() => changed.length > 0, Boolean);
    await page.waitForTimeout(1_000);
    assert.equal(await page.evaluate("window.evil"), undefined);
    assert.equal(await page.locator("[data-headstart=explainer]").count(), 0);
    assert.ok(await page.widget.launcher.isVisible());
    assert.deepEqual(
      page.problems.filter((line) => line.startsWith("uncaught")),
      [],
    );
  });

  test("the files for a server of one's own are those that the tag names", async () => {
    const folder = await mkdtemp(join(tmpdir(), "headstart-assets-"));
    try {
      execFileSync(BINARY, ["assets", folder]);
      const [, path = "", integrity] =
        /src="\/first-party\/(\S+)" integrity="(\S+)"/.exec(tag) ?? [];
      const loader = await readFile(join(folder, path));
      const hash = createHash("sha384").update(loader).digest("base64");
      assert.equal(integrity, `sha384-${hash}`);
      const names = (await readdir(join(folder, "assets"))).filter(
        (name) => !/\.(br|gz)$/.test(name),
      );
      for (const name of names.filter((name) => !name.startsWith("loader-"))) {
        assert.ok(loader.includes(name), name);
      }
      assert.equal(names.length, 4);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("the plain loader runs what was altered, so that the others could fail", async (t) => {
    const { writeKey } = collector;
    const pinned = tag;
    tag = `<script async src="/first-party/headstart.js" data-write-key="${writeKey}"></script>`;
    try {
      const { page } = await open(t, { altered: /\/headstart-.*\.js/ });
      await page.widget.launcher.waitFor();
      assert.equal(await page.evaluate("window.evil"), 1);
    } finally {
      tag = pinned;
    }
  });
});
