import assert from "node:assert/strict";
import { test } from "node:test";
import { RECORDING_GLUE, SOMETHING } from "./fake-collector.mjs";
import { GLUE, WASM } from "./loader-source.mjs";
import { describeInBrowser, openHostPage } from "./host-page.mjs";

describeInBrowser("a widget that cannot run", () => {
  /** @typedef {import("./fake-collector.mjs").Answer} Answer */

  test("where the page's policy forbids wasm none is fetched, one line names the remedy, and the collector hears of it", async (t) => {
    const host = await openHostPage(t, {
      csp: "default-src 'self' COLLECTOR; script-src 'unsafe-inline' COLLECTOR",
      calls: `headstart("identify", "user-1")`,
      given: (collector) => {
        collector.answers["/v1/boot"] = { body: SOMETHING };
      },
    });
    await host.until(() => host.collector.reports.length > 0, "the report");
    assert.deepEqual(host.collector.reports[0], {
      ...host.collector.boots[0],
      event: "Widget Blocked",
      properties: { reason: "csp", detail: "script-src needs 'wasm-unsafe-eval'" },
    });
    await host.assertUnnoticed();
    assert.match(host.lines[0], /'wasm-unsafe-eval'/);
    assert.deepEqual([host.collector.widgetRequests, host.collector.reports.length], [[], 1]);
  });

  test("where the page's policy forbids the collector it is asked once, and one line names the directive", async (t) => {
    const host = await openHostPage(t, {
      clock: true,
      csp: "default-src 'self'; script-src 'unsafe-inline' 'wasm-unsafe-eval' COLLECTOR",
      before: `
      let refused = 0;
      addEventListener("securitypolicyviolation", (event) => {
        if (event.effectiveDirective === "connect-src") refused++;
      });`,
    });
    await host.pass(60);
    assert.deepEqual([await host.page.evaluate("refused"), host.collector.requests], [1, []]);
    assert.ok(host.lines[0].includes(`connect-src needs ${host.collector.origin}`), host.lines[0]);
    await host.assertUnnoticed();
  });

  for (const [what, policy] of [
    ["script", ""],
    ["wasm", "connect-src COLLECTOR/v1/; script-src-elem 'unsafe-inline' COLLECTOR;"],
    ["script and wasm", "connect-src COLLECTOR/v1/;"],
  ]) {
    test(`where the page's policy forbids the widget's ${what}, that is reported as such`, async (t) => {
      const host = await openHostPage(t, {
        csp: `${policy} script-src 'unsafe-inline' 'wasm-unsafe-eval' COLLECTOR/headstart.js`,
        calls: `headstart("track", "x")`,
      });
      await host.until(() => host.collector.reports.length > 0, "the report");
      const { reason, detail } = host.collector.reports[0].properties;
      assert.equal(reason, "csp");
      assert.match(detail, /^(script|connect)-src(-elem)? needs http/);
      await host.assertUnnoticed();
    });
  }

  test("a policy that only reports is not blamed", async (t) => {
    const host = await openHostPage(t, {
      reportOnlyCsp: "connect-src 'none'",
      calls: `headstart("track", "x")`,
      given: (collector) => {
        collector.answers["/v1/boot"] = (nth) => (nth ? { body: SOMETHING } : { status: 500 });
      },
    });
    await host.widgetStarted();
    assert.match(host.lines[0], /network/);
  });

  for (const [what, before] of [
    ["has no WebAssembly", "delete window.WebAssembly"],
    [
      "cannot compile the widget",
      `WebAssembly.instantiateStreaming = async () => { throw new WebAssembly.CompileError("type 7") }`,
    ],
  ]) {
    test(`a browser that ${what} is reported as unsupported`, async (t) => {
      const host = await openHostPage(t, { before, calls: `headstart("track", "x")` });
      await host.until(() => host.collector.reports.length > 0, "the report");
      assert.equal(host.collector.reports[0].properties.reason, "unsupported");
      await host.assertUnnoticed();
    });
  }

  test("a widget that cannot be fetched is tried four times, then reported", async (t) => {
    const host = await openHostPage(t, {
      clock: true,
      calls: `headstart("track", "x")`,
      given: (collector) => {
        collector.answers["/" + GLUE] = { status: 404 };
      },
    });
    await host.pass(60);
    const glue = host.collector.to("/" + GLUE);
    assert.equal(glue.length, 4);
    // Firefox does not ask again for a module that failed, at the same address.
    assert.equal(new Set(glue.map(({ query }) => query)).size, 4);
    assert.equal(host.collector.boots.length, 1);
    assert.deepEqual(
      host.collector.reports.map(({ properties }) => properties.reason),
      ["network"],
    );
    await host.assertUnnoticed();
  });

  for (const path of [GLUE, WASM]) {
    test(`a widget whose ${path.split(".").pop()} is missing for a moment is there a moment later`, async (t) => {
      const host = await openHostPage(t, {
        clock: true,
        calls: `headstart("track", "x")`,
        given: (collector) => {
          const good = /** @type {Answer} */ (collector.answers["/" + path]);
          collector.answers["/" + path] = (nth) => (nth ? good : { status: 503 });
        },
      });
      await host.pass(5);
      assert.deepEqual(await host.delivered(), ["track x"]);
      assert.deepEqual(host.collector.reports, []);
      assert.deepEqual(host.exceptions, []);
    });
  }

  test("a widget that fails to start is reported, and not started twice", async (t) => {
    const host = await openHostPage(t, {
      clock: true,
      calls: `headstart("track", "x")`,
      given: (collector) => {
        const body = RECORDING_GLUE.replace("return {", `throw new TypeError("no luck"); return {`);
        collector.answers["/" + GLUE] = { headers: { "content-type": "text/javascript" }, body };
      },
    });
    await host.pass(60);
    const { starts } = await host.widgetStarted();
    assert.equal(starts.length, 1);
    assert.deepEqual(
      host.collector.reports.map(({ properties }) => properties),
      [{ reason: "error", detail: "TypeError: no luck" }],
    );
    await host.assertUnnoticed();
  });
});
