/** The npm package in pages that bundlers built, and in one that none did. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { serveHost } from "../../hosts/serve.mjs";
import { eventually, launch, openPage } from "../browser.mjs";
import { inRepository, startCollector } from "../collector.mjs";
import { CHECKLIST } from "../probe.mjs";

/** Where each page is: the folder that is served, and the path in it. @type {[string, string, string][]} */
const PAGES = [
  ["without a bundler", "tests/hosts/package", "/plain/"],
  ["built by Vite", "target/hosts/package/vite", "/plain.html"],
  ["built by webpack", "target/hosts/package/webpack", "/"],
];

describe("the npm package in a page", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;

  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  /**
   * @param {import("node:test").TestContext} t
   * @param {string} root
   * @param {string} path
   * @param {unknown[]} content
   */
  async function open(t, root, path, ...content) {
    const collector = await startCollector();
    t.after(collector.stop);
    await collector.publish(...content);
    const host = await serveHost({
      root: inRepository(root),
      collector: collector.url,
      rewrite: (text) => text.replaceAll("WRITE_KEY", collector.writeKey),
    });
    t.after(host.close);
    const page = await openPage(browser);
    t.after(() => page.context().close());
    await page.goto(host.url + path);
    return page;
  }

  /** @param {{ requests: string[] }} page */
  const scripts = ({ requests }) => requests.filter((request) => /\.js$/.test(request));

  for (const [how, root, path] of PAGES) {
    test(`${how}: the widget comes up, is used, and tells the page`, async (t) => {
      const page = await open(t, root, path, CHECKLIST);
      await page.widget.launcher.waitFor();
      await page.locator("[data-hs=target]").click();
      await eventually(
        () => page.widget.launcher.textContent(),
        (text) => text?.includes("2 of 2 done") ?? false,
      );
      assert.deepEqual(await page.evaluate("window.told"), [
        "ready",
        "probe: press",
        "probe: track",
        "probe",
      ]);
      assert.deepEqual(page.problems, []);
    });

    test(`${how}: the wasm is asked for once, after the collector was`, async (t) => {
      const page = await open(t, root, path, CHECKLIST);
      await page.widget.launcher.waitFor();
      const asked = page.requests.filter((request) => /\.wasm|\/v1\/boot/.test(request));
      assert.match(asked[0] ?? "", /\/hs\/v1\/boot$/);
      assert.equal(asked.filter((request) => /\.wasm/.test(request)).length, 1);
    });

    test(`${how}: the explainer is fetched when it is asked for`, async (t) => {
      const page = await open(t, root, path, CHECKLIST);
      await page.widget.launcher.waitFor();
      const before = scripts(page).length;
      await page.locator("#explain").click();
      await page.locator("[data-headstart=explainer]").getByText("probe").first().waitFor();
      assert.equal(scripts(page).length, before + 1);
      assert.deepEqual(page.problems, []);
    });

    test(`${how}: with nothing to show, neither glue nor wasm is fetched`, async (t) => {
      const page = await open(t, root, path);
      await eventually(
        () => page.requests.some((request) => request.endsWith("/hs/v1/boot")),
        Boolean,
      );
      // Longer than the loader gathers calls and waits for an idle moment.
      await page.waitForTimeout(1_000);
      assert.ok(!page.requests.some((request) => /\.wasm/.test(request)));
      assert.deepEqual(page.problems, []);

      const other = await open(t, root, path, CHECKLIST);
      await other.widget.launcher.waitFor();
      assert.equal(scripts(other).length, scripts(page).length + 1, "the glue is one");
    });
  }
});
