import assert from "node:assert/strict";
import { test } from "node:test";
import { RECORDING_GLUE, SOMETHING } from "./fake-collector.mjs";
import { GLUE, WASM } from "./loader-source.mjs";
import { describeInBrowser, openHostPage } from "./host-page.mjs";

describeInBrowser("calls", () => {
  /** @param {import("./fake-collector.mjs").FakeCollector} collector */
  const something = (collector) => {
    collector.answers["/v1/boot"] = { body: SOMETHING };
  };

  test("calls made before the loader is there reach the widget in order, with their times", async (t) => {
    const before = Date.now();
    const host = await openHostPage(t, {
      given: something,
      calls: `
      headstart("identify", "user-1", { plan: "pro" });
      headstart("track", "Invoice Created", { total: 12 });
      headstart("page");`,
    });
    const { delivered } = await host.widgetStarted();
    assert.deepEqual(
      delivered.map((/** @type {any} */ [, args]) => args),
      [
        ["identify", "user-1", { plan: "pro" }],
        ["track", "Invoice Created", { total: 12 }],
        ["page"],
      ],
    );
    const times = delivered.map((/** @type {any} */ [time]) => time);
    assert.deepEqual(times, [...times].sort());
    assert.ok(times[0] >= before && times[2] <= Date.now(), String(times));
  });

  test("the widget is started with the person, the collector's answer and its address", async (t) => {
    const host = await openHostPage(t, {
      given: something,
      calls: `headstart("identify", "user-1")`,
    });
    const { starts } = await host.widgetStarted();
    const { anonymousId, calls, ...rest } = starts[0];
    assert.equal(anonymousId, host.collector.boots[0].anonymousId);
    assert.equal(calls.length, 1);
    assert.deepEqual(rest, {
      writeKey: "wk_test",
      endpoint: host.collector.origin,
      userId: "user-1",
      // The page told none; the widget has what it told from the calls.
      traits: undefined,
      language: undefined,
      token: 0,
      dataset: { writeKey: "wk_test" },
      boot: SOMETHING,
    });
  });

  test("calls made while the widget is loading are delivered once, after the earlier ones", async (t) => {
    /** @type {(value?: unknown) => void} */
    let release = () => {};
    const released = new Promise((resolve) => (release = resolve));
    const host = await openHostPage(t, {
      calls: `headstart("track", "early")`,
      given: (collector) => {
        const wasm = /** @type {any} */ (collector.answers["/" + WASM]);
        collector.answers["/" + WASM] = { ...wasm, after: released };
      },
    });
    await host.until(() => host.collector.widgetRequests.length === 2, "the widget being fetched");
    await host.call("track", "meanwhile");
    await host.call("identify", "user-2");
    release();
    await host.widgetStarted();
    await host.call("track", "late");
    await host.quiet();
    assert.deepEqual(await host.delivered(), [
      "track early",
      "track meanwhile",
      "identify user-2",
      "track late",
    ]);
  });

  test("calls the page makes while the widget starts keep their turn", async (t) => {
    const host = await openHostPage(t, {
      calls: `headstart("track", "early")`,
      given: (collector) => {
        const glue = `${RECORDING_GLUE}
        export const unused = 0;`.replace(
          "widget.starts.push(options);",
          `widget.starts.push(options);
         window.headstart("track", "from start");`,
        );
        collector.answers["/" + GLUE] = {
          headers: { "content-type": "text/javascript" },
          body: glue,
        };
      },
    });
    await host.page.waitForFunction(
      () => /** @type {any} */ (window).widget?.delivered.length === 2,
    );
    assert.deepEqual(await host.delivered(), ["track early", "track from start"]);
  });

  test("a call answers what the widget answers", async (t) => {
    const host = await openHostPage(t);
    await host.booted();
    assert.equal(await host.call("debug"), undefined);
    await host.call("track", "Invoice Created");
    await host.widgetStarted();
    await host.page.waitForFunction(
      () => /** @type {unknown} */ (window.headstart?.("debug")) === "answer to debug",
    );
  });

  test("what the widget throws stays inside, and the next call reaches it", async (t) => {
    const host = await openHostPage(t, {
      given: something,
      calls: `headstart("track", "make it throw"); headstart("track", "after it")`,
    });
    await host.widgetStarted();
    assert.equal(await host.call("track", "make it throw"), undefined);
    await host.call("track", "and on");
    assert.deepEqual(await host.delivered(), [
      "track make it throw",
      "track after it",
      "track make it throw",
      "track and on",
    ]);
    assert.deepEqual(host.exceptions, []);
  });

  test("a stub that the page kept a reference to keeps working", async (t) => {
    const host = await openHostPage(t, {
      given: something,
      calls: `const kept = window.headstart; kept("track", "before the loader")`,
    });
    await host.loaderRan();
    await host.page.evaluate(`kept("track", "before the widget")`);
    await host.widgetStarted();
    await host.page.evaluate(`kept("track", "with the widget")`);
    assert.deepEqual(await host.delivered(), [
      "track before the loader",
      "track before the widget",
      "track with the widget",
    ]);
  });

  test("without the inline stub the loader itself keeps the calls", async (t) => {
    const host = await openHostPage(t, {
      stub: false,
      csp: "default-src COLLECTOR; script-src COLLECTOR 'wasm-unsafe-eval'; require-trusted-types-for 'script'",
    });
    await host.loaderRan();
    await host.call("track", "Invoice Created");
    await host.widgetStarted();
    assert.deepEqual(await host.delivered(), ["track Invoice Created"]);
  });

  test("of a flood before the widget is there the first thousand calls are kept in memory", async (t) => {
    const host = await openHostPage(t, {
      calls: `
      headstart("identify", "user-1");
      for (let i = 0; i < 1500; i++) headstart("track", "event " + i);`,
    });
    const delivered = await host.delivered();
    assert.equal(delivered.length, 1000);
    assert.deepEqual(delivered.slice(0, 2), ["identify user-1", "track event 0"]);
    assert.equal(delivered.at(-1), "track event 998");
  });

  test("what is in the queue but is no call is ignored", async (t) => {
    const host = await openHostPage(t, {
      calls: `window.headstart.q = [null, 7, [], [1], [2, null], [3, { length: 1 }]];
      headstart("track", "a true call");`,
    });
    assert.deepEqual(await host.delivered(), ["track a true call"]);
    await host.page.evaluate(() => /** @type {any} */ (window).headstart.q.push());
    assert.deepEqual(host.exceptions, []);
  });
});
