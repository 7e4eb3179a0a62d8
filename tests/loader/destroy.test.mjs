import assert from "node:assert/strict";
import { test } from "node:test";
import { RECORDING_GLUE } from "./fake-collector.mjs";
import { GLUE, WASM } from "./loader-source.mjs";
import { describeInBrowser, openHostPage } from "./host-page.mjs";

describeInBrowser("destroy", () => {
  /** @typedef {import("./fake-collector.mjs").Answer} Answer */

  test("destroy before the page is idle means that nothing is ever fetched", async (t) => {
    const host = await openHostPage(t, {
      calls: `headstart("track", "x"); headstart("destroy"); headstart("track", "y")`,
    });
    await host.loaderRan();
    await host.quiet();
    assert.deepEqual(host.collector.requests, []);
  });

  test("destroy while the collector is asked gives up the request and the widget", async (t) => {
    const host = await openHostPage(t, {
      before: `const { fetch } = window; let aborted = false;
      window.fetch = (url, options) => {
        options.signal.addEventListener("abort", () => (aborted = true));
        return fetch(url, options);
      };`,
      calls: `headstart("track", "x")`,
      given: (collector) => {
        collector.answers["/v1/boot"] = { never: true };
      },
    });
    await host.booted();
    await host.call("destroy");
    await host.quiet();
    assert.equal(await host.page.evaluate("aborted"), true);
    assert.deepEqual(host.collector.widgetRequests, []);
    assert.deepEqual([host.lines, host.exceptions], [[], []]);
  });

  test("destroy while the widget is fetched keeps it from starting", async (t) => {
    /** @type {(value?: unknown) => void} */
    let release = () => {};
    const released = new Promise((resolve) => (release = resolve));
    const host = await openHostPage(t, {
      calls: `headstart("track", "x")`,
      given: (collector) => {
        const wasm = /** @type {Answer} */ (collector.answers["/" + WASM]);
        collector.answers["/" + WASM] = { ...wasm, after: released };
      },
    });
    await host.until(() => host.collector.widgetRequests.length === 2, "the widget being fetched");
    await host.call("destroy");
    release();
    await host.quiet();
    assert.equal(await host.page.evaluate("widget.loads"), 1);
    assert.equal(await host.page.evaluate("widget.starts.length"), 0);
  });

  test("destroy while the widget starts reaches the widget", async (t) => {
    const host = await openHostPage(t, {
      calls: `headstart("track", "x")`,
      given: (collector) => {
        const body = RECORDING_GLUE.replace(
          "widget.starts.push(options);",
          `widget.starts.push(options); window.headstart("destroy");`,
        );
        collector.answers["/" + GLUE] = { headers: { "content-type": "text/javascript" }, body };
      },
    });
    assert.deepEqual(await host.delivered(), ["track x", "destroy"]);
  });

  test("destroy leaves no listener of the loader behind", async (t) => {
    const host = await openHostPage(t);
    await host.booted();
    const client = await host.page.context().newCDPSession(host.page);
    const listeners = async () => {
      const { result } = await client.send("Runtime.evaluate", {
        expression: "Object.keys(getEventListeners(window))",
        includeCommandLineAPI: true,
        returnByValue: true,
      });
      // The browser's driver may listen as well, to other events.
      const ours = /change$|online|securitypolicyviolation/;
      return result.value.filter((/** @type {string} */ name) => ours.test(name));
    };
    assert.equal((await listeners()).length, 5);
    await host.call("destroy");
    assert.deepEqual(await listeners(), []);
  });
});
