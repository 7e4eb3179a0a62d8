/** The way from the script's tag to the screen. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { serveHost, snippet } from "../hosts/serve.mjs";
import { SUBJECTS } from "../bench/web/subjects.mjs";
import { launch, openPage } from "./browser.mjs";
import { startCollector } from "./collector.mjs";

describe("the start", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;

  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  for (const { name, visible, content = [] } of SUBJECTS) {
    if (!content.length) continue;

    // What throws costs as much as a hundred calls, also where it is caught.
    test(`throws nothing: ${name}`, async (t) => {
      const collector = await startCollector();
      t.after(() => collector.stop());
      await collector.publish(...content);
      const [{ id }] = /** @type {[{ id: string }]} */ (/** @type {unknown} */ (content));
      const src = `${collector.url}/headstart.js`;
      const html = `<!doctype html><title>Host</title><link rel="icon" href="data:,">
${snippet({ writeKey: collector.writeKey, src })}
<script>headstart("identify", "user-1"); headstart("show", "${id}")</script>
<a id="customers" href="#">Customers</a> <a id="settings" href="#">Settings</a> <button id="new">New</button>`;
      const host = await serveHost({
        handler: (_request, response, { pathname }) => {
          if (pathname !== "/") return false;
          response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
          return true;
        },
      });
      t.after(host.close);
      const page = await openPage(browser);
      t.after(() => page.context().close());

      const tools = await page.context().newCDPSession(page);
      /** @type {string[]} */
      const thrown = [];
      tools.on("Debugger.paused", ({ data, callFrames }) => {
        const places = callFrames.slice(0, 4).map(({ url, functionName, location }) => {
          const file = url.replace(/^.*\//, "");
          return `${functionName} (${file}:${location.lineNumber}:${location.columnNumber})`;
        });
        thrown.push(`${String(data?.["description"]).split("\n")[0]} in ${places.join(" < ")}`);
        void tools.send("Debugger.resume");
      });
      await tools.send("Debugger.enable");
      await tools.send("Debugger.setPauseOnExceptions", { state: "all" });

      // It is over when what it has to tell has arrived.
      const told = page.waitForResponse((response) => response.url().includes("/v1/batch"));
      await page.goto(`${host.url}/`);
      await page.evaluate("try { throw new Error('of the test') } catch {}");
      await page.locator(visible.replace(">>> ", "")).waitFor();
      await told;
      assert.deepEqual(
        thrown.filter((one) => !one.startsWith("Error: of the test")),
        [],
      );
      assert.equal(thrown.length, 1, "what is thrown and caught is seen");
      assert.deepEqual(page.problems, []);
    });
  }
});
