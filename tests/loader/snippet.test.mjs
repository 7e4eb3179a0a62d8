import assert from "node:assert/strict";
import { test } from "node:test";
import { describeInBrowser, openHostPage } from "./host-page.mjs";

describeInBrowser("the snippet", () => {
  for (const [what, first, second] of [
    ["the same project", "wk_a", "wk_a"],
    ["another project", "wk_a", "wk_b"],
  ]) {
    test(`a second loader, for ${what}, steps back and says so once`, async (t) => {
      const host = await openHostPage(t, {
        calls: `
          headstart("track", "x");
          addEventListener("load", () => {
            const script = document.createElement("script");
            script.src = "COLLECTOR/headstart.js";
            script.dataset.writeKey = "${second}";
            document.head.append(script);
          });`,
        script: `<script src="COLLECTOR/headstart.js" data-write-key="${first}"></script>`,
      });
      await host.until(() => host.lines.length > 0, "the line");
      assert.match(host.lines[0], new RegExp(`ignored ${second}, .*${first}`));
      const { starts } = await host.widgetStarted();
      await host.quiet();
      assert.deepEqual([starts.length, starts[0].writeKey, host.lines.length], [1, first, 1]);
      assert.deepEqual(
        host.collector.boots.map(({ writeKey }) => writeKey),
        [first],
      );
      assert.deepEqual(await host.delivered(), ["track x"]);
    });
  }

  test("without a write key nothing runs and one line names the remedy", async (t) => {
    const host = await openHostPage(t, {
      script: `<script async src="COLLECTOR/headstart.js"></script>`,
    });
    await host.until(() => host.lines.length > 0, "the line");
    await host.quiet();
    assert.equal(host.lines.length, 1);
    assert.match(host.lines[0], /data-write-key/);
    assert.deepEqual([host.collector.requests, host.exceptions], [[], []]);
  });

  test("a loader that is a module finds its script by the write key", async (t) => {
    const host = await openHostPage(t, {
      script: `<script type="module" src="COLLECTOR/headstart.js" data-write-key="wk_test"></script>`,
    });
    await host.booted();
  });

  test("an element that poses as the running script is not believed", async (t) => {
    const host = await openHostPage(t, {
      script: `<img name="currentScript" src="data:," data-write-key="wk_evil">
      <script async src="COLLECTOR/headstart.js" data-write-key="wk_test"></script>`,
    });
    await host.booted();
    assert.equal(host.collector.boots[0].writeKey, "wk_test");
  });

  test("a page that uses the global for something else keeps it", async (t) => {
    const host = await openHostPage(t, {
      stub: false,
      before: `window.headstart = { ours: true }`,
    });
    await host.until(() => host.lines.length > 0, "the line");
    assert.match(host.lines[0], /window\.headstart/);
    assert.deepEqual(await host.page.evaluate(() => window.headstart), { ours: true });
    assert.deepEqual(host.collector.requests, []);
  });
});
