import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeCollector, NOTHING, SOMETHING } from "./fake-collector.mjs";
import { describeInBrowser, openHostPage } from "./host-page.mjs";

describeInBrowser("when it asks, and when it loads the widget", () => {
  /** @param {FakeCollector} collector */
  const something = (collector) => {
    collector.answers["/v1/boot"] = { body: SOMETHING };
  };

  /** Lets a test say when the browser would call itself idle. */
  const HELD_IDLE = `
  window.idle = [];
  window.requestIdleCallback = (callback) => window.idle.push(callback);`;

  test("nothing is fetched before the page has loaded", async (t) => {
    /** @type {(value?: unknown) => void} */
    let release = () => {};
    const released = new Promise((resolve) => (release = resolve));
    const host = await openHostPage(t, {
      body: `<img src="COLLECTOR/slow.png">`,
      calls: `headstart("track", "Invoice Created")`,
      given: (collector) => {
        collector.answers["/slow.png"] = { after: released };
      },
    });
    await host.loaderRan();
    await host.quiet();
    assert.equal(host.collector.boots.length, 0);
    release();
    await host.widgetStarted();
  });

  test("nothing is fetched before the page is idle", async (t) => {
    const host = await openHostPage(t, {
      before: HELD_IDLE,
      calls: `headstart("track", "Invoice Created")`,
    });
    await host.page.waitForFunction(() => /** @type {any} */ (window).idle.length === 1);
    await host.quiet();
    assert.equal(host.collector.boots.length, 0);
    await host.page.evaluate("idle[0]()");
    await host.booted();
  });

  test("a browser that cannot say when it is idle is served after the page has loaded", async (t) => {
    const host = await openHostPage(t, { before: "delete window.requestIdleCallback" });
    await host.booted();
  });

  test("a prerendered page starts nothing until it is shown, even if it tracks", async (t) => {
    const host = await openHostPage(t, {
      before: `
      let prerendering = true;
      Object.defineProperty(document, "prerendering", { get: () => prerendering });
      Object.defineProperty(document, "hidden", { get: () => prerendering });`,
      calls: `headstart("track", "Invoice Created")`,
    });
    await host.loaderRan();
    await host.quiet();
    assert.equal(host.collector.boots.length, 0);
    assert.equal(await host.stored("anonymous"), null);
    await host.page.evaluate(
      `prerendering = false; document.dispatchEvent(new Event("prerenderingchange"))`,
    );
    await host.widgetStarted();
  });

  const HIDDEN = `
  let hidden = true;
  Object.defineProperty(document, "hidden", { get: () => hidden });
  const look = (yes) => {
    hidden = !yes;
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  };`;

  test("a tab opened in the background asks for nothing until it is looked at", async (t) => {
    const host = await openHostPage(t, {
      before: HIDDEN,
      calls: `headstart("identify", "user-1")`,
    });
    await host.loaderRan();
    await host.quiet();
    assert.equal(host.collector.boots.length, 0);
    await host.page.evaluate("look(true)");
    await host.booted();
  });

  test("what a tab in the background tracks is not lost if nobody ever looks at it", async (t) => {
    const host = await openHostPage(t, {
      before: HIDDEN,
      calls: `headstart("track", "Invoice Sent")`,
    });
    assert.deepEqual(await host.delivered(), ["track Invoice Sent"]);
  });

  test("with nothing for this user the cost is one request, and no wasm", async (t) => {
    const host = await openHostPage(t, {
      calls: `headstart("identify", "user-1"); headstart("page"); headstart("on", "x", () => {})`,
    });
    await host.booted();
    await host.quiet();
    assert.deepEqual(
      host.collector.requests.map(({ method, path }) => `${method} ${path}`),
      ["POST /v1/boot"],
    );
    assert.deepEqual([host.lines, host.exceptions], [[], []]);
  });

  test("the boot request needs no preflight, carries no cookie, and names only key and person", async (t) => {
    const host = await openHostPage(t, { calls: `headstart("identify", "user-1")` });
    await host.booted();
    const [{ headers, text }] = host.collector.to("/v1/boot");
    assert.match(String(headers["content-type"]), /^text\/plain/);
    assert.equal(headers.cookie, undefined);
    const { anonymousId, ...rest } = JSON.parse(text);
    assert.match(anonymousId, /^\d+-\d+-\d+-\d+$/);
    assert.deepEqual(rest, { writeKey: "wk_test", userId: "user-1" });
  });

  test("with content for this user the widget is loaded, once", async (t) => {
    const host = await openHostPage(t, { given: something });
    const { loads, starts } = await host.widgetStarted();
    await host.quiet();
    assert.deepEqual([loads, starts.length, host.collector.widgetRequests.length], [1, 1, 2]);
  });

  test("a project that wants the sessions of everyone has the widget loaded for everyone", async (t) => {
    const host = await openHostPage(t, {
      given: (collector) => {
        collector.answers["/v1/boot"] = { body: { ...NOTHING, settings: { always_load: true } } };
      },
    });
    await host.widgetStarted();
  });

  for (const [name, ...args] of [
    ["track", "Invoice Created"],
    ["show", "getting-started"],
    ["complete", "getting-started", "connect-bank"],
  ]) {
    test(`a ${name} made earlier loads the widget although there is no content`, async (t) => {
      const host = await openHostPage(t, {
        calls: `headstart(...${JSON.stringify([name, ...args])})`,
      });
      assert.deepEqual(await host.delivered(), [[name, ...args].join(" ")]);
      assert.equal(host.collector.boots.length, 1);
    });

    test(`a later ${name} loads the widget without asking the collector again`, async (t) => {
      const host = await openHostPage(t);
      await host.booted();
      await host.quiet();
      await host.call(name, ...args);
      assert.deepEqual(await host.delivered(), [[name, ...args].join(" ")]);
      assert.equal(host.collector.boots.length, 1);
    });
  }

  test("a form that is to be filled in loads the widget although there is no content", async (t) => {
    const host = await openHostPage(t, {
      before: `localStorage["headstart.wk_test.early"] = "1";`,
    });
    await host.widgetStarted();
  });

  test("another user asks again, once for calls that follow each other closely", async (t) => {
    const host = await openHostPage(t);
    await host.booted();
    await host.quiet();
    something(host.collector);
    await host.page.evaluate(`
      headstart("reset");
      headstart("identify", "user-1");
      setTimeout(() => headstart("identify", "user-2"), 50);`);
    const { starts } = await host.widgetStarted();
    assert.deepEqual(
      host.collector.boots.map(({ userId }) => userId),
      [undefined, "user-2"],
    );
    assert.equal(starts[0].userId, "user-2");
    assert.deepEqual(await host.delivered(), ["reset", "identify user-1", "identify user-2"]);
  });

  test("naming the same user over and over asks nothing", async (t) => {
    const host = await openHostPage(t, { calls: `headstart("identify", "user-1")` });
    await host.booted();
    for (let render = 0; render < 5; render++) {
      await host.call("identify", "user-1", { render });
      await host.call("page");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await host.quiet();
    assert.equal(host.collector.boots.length, 1);
  });

  test("a tab looked at again after half an hour is a new visit, a minute is not", async (t) => {
    const host = await openHostPage(t, { clock: true, before: HIDDEN + "look(true);" });
    await host.pass(2);
    await host.page.evaluate("look(false)");
    await host.page.clock.fastForward("01:00");
    await host.page.evaluate("look(true)");
    await host.pass(2);
    assert.equal(host.collector.boots.length, 1);
    await host.page.evaluate("look(false)");
    await host.page.clock.fastForward("31:00");
    await host.page.evaluate("look(true)");
    await host.pass(2);
    assert.equal(host.collector.boots.length, 2);
  });

  test("the collector may be elsewhere than the assets", async (t) => {
    const elsewhere = await FakeCollector.start();
    t.after(() => elsewhere.stop());
    something(elsewhere);
    const host = await openHostPage(t, {
      script: `<script async src="COLLECTOR/headstart.js" data-write-key="wk_test"
      data-endpoint="${elsewhere.origin}/"></script>`,
    });
    const { starts } = await host.widgetStarted();
    assert.equal(starts[0].endpoint, elsewhere.origin);
    assert.deepEqual([host.collector.boots.length, elsewhere.boots.length], [0, 1]);
    assert.deepEqual(
      [host.collector.widgetRequests.length, elsewhere.widgetRequests.length],
      [2, 0],
    );
  });

  test("assets and collector are found beside the loader, whatever folder and query it has", async (t) => {
    const host = await openHostPage(t, {
      script: `<script async src="COLLECTOR/first/party/headstart.js?v=/1/#x" data-write-key="wk_test"></script>`,
      given: (collector) => {
        for (const [path, answer] of Object.entries(collector.answers)) {
          collector.answers["/first/party" + path] = answer;
          delete collector.answers[path];
        }
        collector.answers["/first/party/v1/boot"] = { body: SOMETHING };
      },
    });
    const { starts } = await host.widgetStarted();
    assert.equal(starts[0].endpoint, host.collector.origin + "/first/party");
  });
});
