/** The examples, served as an integrator would serve them, with a collector of their own. */
import { readFile } from "node:fs/promises";
import { serve } from "../../../examples/server.mjs";
import { serveHost } from "../../hosts/serve.mjs";
import { openPage } from "../browser.mjs";
import { document, inRepository, startCollector } from "../collector.mjs";

/** Where the sources say that the collector is. */
const COLLECTOR = "http://127.0.0.1:7373";

/** Those that are files: what is served of each. @type {Record<string, string>} */
const FOLDERS = {
  html: "html",
  react: "react/dist",
  vue: "vue/dist",
  svelte: "svelte/dist",
  angular: "angular/dist",
  next: "next/dist",
  // With the page beside what is built.
  yew: "yew",
};

/**
 * @param {import("node:test").TestContext} t
 * @param {import("../browser.mjs").Browser} browser
 * @param {string} example
 * @param {{ content?: unknown[] }} [options] other content than the example's own
 */
export async function openExample(t, browser, example, { content } = {}) {
  const collector = await startCollector();
  t.after(collector.stop);
  await collector.publish(...(content ?? (await document("examples/getting-started.json"))));
  const { writeKey, url } = collector;
  const folder = FOLDERS[example];
  const host = folder
    ? await serveHost({
        root: inRepository(`examples/${folder}`),
        fallback: true,
        rewrite: (text) => text.replaceAll("WRITE_KEY", writeKey).replaceAll(COLLECTOR, url),
      })
    : await serve(example, { writeKey, collector: url, port: 0 });
  t.after(host.close);
  const page = await openPage(browser);
  t.after(() => page.context().close());
  await page.goto(host.url);
  return { page, collector, host };
}

/** Text of a file in the examples. @param {string} path */
export const source = (path) => readFile(inRepository(`examples/${path}`), "utf8");
