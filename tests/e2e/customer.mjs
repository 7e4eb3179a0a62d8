/** A customer's page, with a collector elsewhere and everything that goes there on record. */
import { serveHost, snippet } from "../hosts/serve.mjs";
import { openPage } from "./browser.mjs";
import { startCollector } from "./collector.mjs";
import { startRecorder } from "./recorder.mjs";

/**
 * @typedef {object} Visit
 * @property {unknown[]} [content] what is published
 * @property {string} [attributes] of the loader's script
 * @property {string} [title]
 * @property {string} [plant] what the page runs before anything else
 * @property {string} [body]
 * @property {string} [init] what the browser runs before the page
 * @property {string} [to] the path with query and hash
 * @property {(collector: import("./collector.mjs").Collector) => Promise<unknown>} [given]
 *
 * @typedef {Awaited<ReturnType<typeof openCustomer>>} Customer
 */

/**
 * Opens it for the length of a test.
 *
 * @param {import("node:test").TestContext} t
 * @param {import("playwright-core").Browser} browser
 * @param {Visit} [visit]
 */
export async function openCustomer(t, browser, visit = {}) {
  const {
    content = [],
    attributes = "",
    title = "",
    plant = "",
    body = "",
    init,
    to = "/",
  } = visit;
  const collector = await startCollector();
  await collector.publish(...content);
  await visit.given?.(collector);
  const recorder = await startRecorder(collector.url);
  const { writeKey } = collector;
  const tags = snippet({ writeKey, src: `${recorder.url}/headstart.js` });
  const host = await serveHost({
    handler(_, response, { pathname }) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      if (pathname === "/before") {
        response.end("<!doctype html><link rel=icon href=data:,>");
        return true;
      }
      response.end(
        `<!doctype html><link rel="icon" href="data:,"><title>${title}</title>
        <script>${plant}</script>
        ${tags.replace("data-write-key", `${attributes} data-write-key`)}${body}`,
      );
      return true;
    },
  });
  // Cookies know no ports: by another name the page's are its own.
  const url = host.url.replace("127.0.0.1", "localhost");
  const page = await openPage(browser);
  if (init) await page.addInitScript(init);
  t.after(async () => {
    await page.context().close();
    await host.close();
    await recorder.close();
    await collector.stop();
  });
  // Where the user comes from has something to hide as well.
  await page.goto(`${url}/before?canary-before`);
  await page.evaluate((path) => void (location.href = path), to);
  await page.waitForURL(`${url}${to}`);
  return { collector, recorder, host, page };
}

/**
 * Calls `headstart` on a page.
 *
 * @param {import("playwright-core").Page} page
 * @param {unknown[]} args
 */
export const call = (page, ...args) =>
  page.evaluate((all) => /** @type {any} */ (window).headstart(...all), args);

/**
 * All that the browser keeps for a page.
 *
 * @param {import("playwright-core").Page} page
 */
export const everything = (page) =>
  page.evaluate(async () => ({
    cookie: document.cookie,
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
  }));
