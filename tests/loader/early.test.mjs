import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING, SOMETHING } from "./fake-collector.mjs";
import { describeInBrowser, openHostPage } from "./host-page.mjs";

/** The calls that are in the page's storage, oldest first. @param {import("./host-page.mjs").HostPage} host */
async function waiting(host) {
  const all = await host.page.evaluate(() => Object.entries(localStorage));
  const prefix = "headstart.wk_test.";
  return all
    .filter(([name]) => name.startsWith(`${prefix}early.`))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, text]) => ({ name: name.slice(prefix.length), call: JSON.parse(text) }));
}

describeInBrowser("calls before the widget is there", () => {
  /** @param {import("./fake-collector.mjs").FakeCollector} collector */
  const silent = (collector) => {
    collector.answers["/v1/boot"] = { never: true };
  };

  test("what is tracked is in storage when the call returns, with its time and its person", async (t) => {
    const before = Date.now();
    const host = await openHostPage(t, { given: silent });
    await host.loaderRan();
    const stored = await host.page.evaluate(() => {
      window.headstart?.("identify", "user-1");
      window.headstart?.("track", "Invoice Created", { total: 12 });
      return Object.values(localStorage);
    });
    assert.ok(stored.some((text) => text.includes("Invoice Created")));
    const [{ call }, ...others] = await waiting(host);
    assert.deepEqual(others, []);
    const [time, args, anonymousId, userId] = call;
    assert.ok(time >= before && time <= Date.now(), String(time));
    assert.deepEqual(args, ["track", "Invoice Created", { total: 12 }]);
    assert.equal(anonymousId, await host.stored("anonymous"));
    assert.equal(userId, "user-1");
  });

  test("as long as there is no reason to load the widget nothing of it is stored", async (t) => {
    const host = await openHostPage(t, {
      calls: `headstart("identify", "user-1"); headstart("group", "acme"); headstart("page")`,
    });
    await host.booted();
    assert.deepEqual(await waiting(host), []);
    assert.equal(await host.stored("early"), null);
  });

  test("a token is not stored", async (t) => {
    const host = await openHostPage(t, {
      given: silent,
      calls: `
        headstart("track", "Invoice Created");
        headstart("identify", "user-1", { plan: "pro" }, { token: "tok.en.1" });`,
    });
    await host.booted();
    const stored = await waiting(host);
    assert.deepEqual(
      stored.map(({ call }) => call[1]),
      [
        ["track", "Invoice Created", null],
        ["identify", "user-1", { plan: "pro" }],
      ],
    );
    const all = await host.page.evaluate(() => JSON.stringify({ ...localStorage }));
    assert.ok(!all.includes("tok.en"), all);
  });

  test("the widget is told under which name each call is stored", async (t) => {
    const host = await openHostPage(t, {
      calls: `headstart("track", "One"); headstart("track", "Two"); headstart("page", "Three")`,
    });
    const { delivered } = await host.widgetStarted();
    const names = (await waiting(host)).map(({ name }) => name);
    assert.equal(new Set(names).size, 3);
    assert.deepEqual(
      delivered.map((/** @type {any} */ call) => call[4]),
      names,
    );
  });

  test("what an earlier page left is a reason to load the widget", async (t) => {
    const host = await openHostPage(t, {
      before: `if (!sessionStorage.visited) addEventListener("load", (event) => {
        headstart("track", "Left Behind");
        sessionStorage.visited = 1;
      })`,
      given: (collector) => {
        collector.answers["/v1/boot"] = (nth) => (nth ? { body: NOTHING } : { status: 500 });
      },
    });
    await host.booted();
    await host.quiet();
    assert.equal((await waiting(host)).length, 1);
    await host.reload();
    const { starts } = await host.widgetStarted();
    assert.deepEqual(starts[0].calls, []);
  });

  for (const [what, visit] of /** @type {[string, import("./host-page.mjs").Visit][]} */ ([
    [
      "while the answer is pending",
      {
        script: `<script async src="COLLECTOR/headstart.js" data-write-key="wk_test" data-consent="required"></script>`,
      },
    ],
    ["after the user said no", { calls: `headstart("consent", "denied")` }],
    [
      "where the browser refuses for its user",
      {
        before: `Object.defineProperty(navigator, "globalPrivacyControl", { value: true })`,
      },
    ],
    [
      "of a page that is prepared for a visit",
      { before: `Object.defineProperty(document, "prerendering", { value: true })` },
    ],
  ])) {
    test(`${what} nothing is stored`, async (t) => {
      const host = await openHostPage(t, { given: silent, ...visit });
      await host.loaderRan();
      await host.call("track", "Invoice Created");
      await host.quiet();
      assert.deepEqual(await waiting(host), []);
      assert.equal(await host.stored("early"), null);
    });
  }

  test("another tab's no counts at once", async (t) => {
    const host = await openHostPage(t, { given: silent });
    await host.loaderRan();
    await host.page.evaluate(() => localStorage.setItem("headstart.wk_test.consent", "denied"));
    await host.call("track", "Invoice Created");
    assert.deepEqual(await waiting(host), []);
  });

  test("another tab's sign-out is not undone by a call", async (t) => {
    const host = await openHostPage(t, { calls: `headstart("identify", "user-1")` });
    await host.booted();
    await host.quiet();
    await host.page.evaluate(() => {
      localStorage.setItem("headstart.wk_test.anonymous", "1-2-3-4");
      localStorage.removeItem("headstart.wk_test.user");
      window.headstart?.("page");
    });
    assert.equal(await host.stored("anonymous"), "1-2-3-4");
    assert.equal(await host.stored("user"), null);
  });

  test("a page that tracks in a loop leaves the host's storage its room", async (t) => {
    const host = await openHostPage(t, {
      given: silent,
      calls: `for (let i = 0; i < 5000; i++) headstart("track", "event " + i, { text: "x".repeat(500) });`,
    });
    await host.loaderRan();
    const size = await host.page.evaluate(() =>
      Object.values(localStorage).reduce((sum, text) => sum + text.length, 0),
    );
    assert.ok(size > 900_000 && size < 1_000_100, String(size));
  });

  test("what cannot be written is in memory all the same", async (t) => {
    const host = await openHostPage(t, {
      given: (collector) => {
        collector.answers["/v1/boot"] = { body: SOMETHING };
      },
      before: `JSON.stringify = () => { throw new Error("no JSON here") };`,
      calls: `headstart("track", "Invoice Created", { total: 12n })`,
    });
    assert.deepEqual(await host.delivered(), ["track Invoice Created [object Object]"]);
    assert.deepEqual(host.exceptions, []);
  });
});
