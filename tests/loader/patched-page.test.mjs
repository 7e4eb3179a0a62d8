import assert from "node:assert/strict";
import { test } from "node:test";
import { SOMETHING } from "./fake-collector.mjs";
import { describeInBrowser, openHostPage } from "./host-page.mjs";

describeInBrowser("a page that patches the browser", () => {
  for (const [what, before] of [
    ["throws", `window.fetch = () => { throw new Error("patched") }`],
    ["throws nothing at all", `window.fetch = () => { throw undefined }`],
    ["answers at once with something else", `window.fetch = () => 7`],
    ["never settles", `window.fetch = () => new Promise(() => {})`],
  ]) {
    test(`where the page's fetch ${what}, nobody notices`, async (t) => {
      const host = await openHostPage(t, { clock: true, before, calls: `headstart("track", "x")` });
      await host.pass(60);
      await host.assertUnnoticed();
    });
  }

  for (const [what, before] of [
    [
      "storage throws",
      `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError") } })`,
    ],
    ["storage is full", `Storage.prototype.setItem = () => { throw new DOMException("full") }`],
    ["JSON.stringify is broken", `JSON.stringify = () => { throw new Error("patched") }`],
    [
      "everything has a toJSON",
      `Object.prototype.toJSON = String.prototype.toJSON = Array.prototype.toJSON = () => "patched"`,
    ],
    [
      "fetch, timers and Date are replaced after the loader has run",
      `addEventListener("DOMContentLoaded", () => setTimeout(() => {
      window.fetch = window.setTimeout = Date.now = () => { throw new Error("patched") };
    }, 50))`,
    ],
  ]) {
    test(`where ${what}, the widget still starts`, async (t) => {
      const host = await openHostPage(t, {
        before,
        calls: `headstart("identify", "user-1")`,
        script: before.includes("DOMContentLoaded")
          ? `<script src="COLLECTOR/headstart.js" data-write-key="wk_test"></script>
           <img src="COLLECTOR/slow.png">`
          : undefined,
        given: (collector) => {
          collector.answers["/v1/boot"] = { body: SOMETHING };
          const after = new Promise((resolve) => setTimeout(resolve, 600));
          collector.answers["/slow.png"] = { after };
        },
      });
      const { starts } = await host.widgetStarted();
      assert.equal(starts[0].userId, "user-1");
      assert.ok(starts[0].anonymousId);
      assert.deepEqual([host.lines, host.exceptions], [[], []]);
    });
  }

  test("where the console throws, nobody notices", async (t) => {
    const host = await openHostPage(t, {
      before: `console.warn = () => { throw new Error("patched") }`,
      given: (collector) => {
        collector.answers["/v1/boot"] = { status: 401 };
      },
    });
    await host.booted();
    await host.assertUnnoticed();
  });
});
