import assert from "node:assert/strict";
import { test } from "node:test";
import { SOMETHING } from "./fake-collector.mjs";
import { describeInBrowser, openHostPage } from "./host-page.mjs";

const GPC = `Object.defineProperty(navigator, "globalPrivacyControl", { value: true })`;
const NOBODY = { writeKey: "wk_test" };

/** @param {string} attributes */
const tag = (attributes) =>
  `<script async src="COLLECTOR/headstart.js" data-write-key="wk_test" ${attributes}></script>`;
const REQUIRED = tag(`data-consent="required"`);

/** All that the page's storage has. @param {import("./host-page.mjs").HostPage} host */
const everything = (host) =>
  host.page.evaluate(async () => ({
    ...localStorage,
    ...sessionStorage,
    ...(document.cookie && { cookie: document.cookie }),
    ...Object.fromEntries((await indexedDB.databases()).map(({ name }) => [name, "database"])),
  }));

const ANSWER = "headstart.wk_test.consent";

describeInBrowser("consent", () => {
  /** @param {import("./fake-collector.mjs").FakeCollector} collector */
  const something = (collector) => {
    collector.answers["/v1/boot"] = { body: SOMETHING };
  };

  test("without an answer being required the user is known from the start", async (t) => {
    const host = await openHostPage(t, { calls: `headstart("identify", "user-1")` });
    await host.booted();
    const [boot] = host.collector.boots;
    assert.ok(boot.anonymousId && boot.userId === "user-1");
    assert.equal(await host.stored("consent"), null);
  });

  test("while the answer is pending the boot names nobody and nothing is stored", async (t) => {
    const host = await openHostPage(t, {
      script: REQUIRED,
      calls: `headstart("identify", "user-1", { plan: "pro" }, { token: "tok.en" })`,
    });
    await host.booted();
    await host.quiet();
    assert.deepEqual(host.collector.boots, [NOBODY]);
    assert.deepEqual(await everything(host), {});
  });

  test("while the answer is pending the widget is loaded and gets every call, but no person", async (t) => {
    const host = await openHostPage(t, {
      script: REQUIRED,
      given: something,
      calls: `headstart("identify", "user-1"); headstart("track", "Invoice Created")`,
    });
    const { starts } = await host.widgetStarted();
    const { boot, calls, endpoint, dataset, language, ...person } = starts[0];
    assert.deepEqual(person, NOBODY);
    assert.equal(dataset.consent, "required");
    assert.deepEqual(await host.delivered(), ["identify user-1", "track Invoice Created"]);
  });

  test("consent granted asks again, by name, and is remembered", async (t) => {
    const host = await openHostPage(t, {
      script: REQUIRED,
      calls: `headstart("identify", "user-1", { plan: "pro" }, { token: "tok.en" })`,
    });
    await host.booted();
    await host.quiet();
    await host.call("consent", "granted");
    await host.booted(2);
    const [, { anonymousId, ...named }] = host.collector.boots;
    assert.deepEqual(named, {
      ...NOBODY,
      userId: "user-1",
      token: "tok.en",
      traits: `{"plan":"pro"}`,
    });
    assert.deepEqual(await everything(host), {
      [ANSWER]: "granted",
      "headstart.wk_test.anonymous": anonymousId,
      "headstart.wk_test.user": "user-1",
    });
    await host.reload();
    await host.booted(3);
    assert.equal(host.collector.boots[2].anonymousId, anonymousId);
  });

  test("consent denied is remembered, and names nobody on the next page either", async (t) => {
    const host = await openHostPage(t, {
      script: REQUIRED,
      calls: `headstart("identify", "user-1")`,
    });
    await host.booted();
    await host.quiet();
    await host.call("consent", "denied");
    await host.booted(2);
    await host.reload();
    await host.booted(3);
    assert.deepEqual(host.collector.boots, [NOBODY, NOBODY, NOBODY]);
    assert.deepEqual(await everything(host), { [ANSWER]: "denied" });
  });

  test("consent denied removes the ids at once, and the widget is loaded to clear the rest", async (t) => {
    const host = await openHostPage(t, { calls: `headstart("identify", "user-1")` });
    await host.booted();
    await host.quiet();
    const stored = await host.page.evaluate(() => {
      window.headstart?.("consent", "denied");
      return { ...localStorage };
    });
    assert.deepEqual(stored, { [ANSWER]: "denied" });
    const { starts } = await host.widgetStarted();
    assert.deepEqual([starts[0].anonymousId, starts[0].userId], [undefined, undefined]);
    assert.deepEqual(host.collector.boots[1], NOBODY);
  });

  test("ids of before an answer was required are removed", async (t) => {
    const host = await openHostPage(t, {
      script: REQUIRED,
      before: `localStorage["headstart.wk_test.anonymous"] = "old"; localStorage["headstart.wk_test.user"] = "user-1"`,
    });
    await host.widgetStarted();
    assert.deepEqual(host.collector.boots, [NOBODY]);
    assert.deepEqual(await everything(host), {});
  });

  test("consent given after it was denied makes somebody new", async (t) => {
    const host = await openHostPage(t, { calls: `headstart("identify", "user-1")` });
    await host.booted();
    await host.quiet();
    await host.page.evaluate(
      `headstart("consent", "denied"); headstart("track", "x"); headstart("consent", "granted")`,
    );
    const { starts } = await host.widgetStarted();
    assert.equal(starts[0].userId, "user-1");
    assert.notEqual(starts[0].anonymousId, host.collector.boots[0].anonymousId);
    assert.deepEqual(await host.delivered(), [
      "identify user-1",
      "consent denied",
      "track x",
      "consent granted",
    ]);
  });

  test("consent denied while the named user is being asked about wins", async (t) => {
    /** @type {(value?: unknown) => void} */
    let release = () => {};
    const after = new Promise((resolve) => (release = resolve));
    const host = await openHostPage(t, {
      calls: `headstart("identify", "user-1")`,
      given: (collector) => {
        collector.answers["/v1/boot"] = (nth) => ({
          body: SOMETHING,
          ...(nth === 0 && { after }),
        });
      },
    });
    await host.booted();
    await host.call("consent", "denied");
    release();
    const { starts } = await host.widgetStarted();
    assert.deepEqual([starts[0].anonymousId, starts[0].userId], [undefined, undefined]);
    assert.deepEqual(await everything(host), { [ANSWER]: "denied" });
  });

  for (const answer of [`"yes"`, "true", "null", "", `"deniedx"`, "{}"]) {
    test(`consent(${answer}) is no answer`, async (t) => {
      const host = await openHostPage(t, {
        script: REQUIRED,
        calls: `headstart("consent", ${answer})`,
      });
      await host.booted();
      await host.quiet();
      assert.deepEqual(host.collector.boots, [NOBODY]);
      assert.deepEqual(await everything(host), {});
    });
  }

  test("the answer given in another tab counts when the collector is asked again", async (t) => {
    const host = await openHostPage(t, { calls: `headstart("identify", "user-1")` });
    await host.booted();
    await host.quiet();
    await host.page.evaluate(`localStorage["headstart.wk_test.consent"] = "denied"`);
    await host.call("identify", "user-2");
    await host.booted(2);
    assert.deepEqual(host.collector.boots[1], NOBODY);
    assert.deepEqual(await everything(host), { [ANSWER]: "denied" });
  });

  test("the browser's own refusal counts as denied, also against an answer", async (t) => {
    for (const calls of ["", `headstart("consent", "granted")`]) {
      const host = await openHostPage(t, { before: GPC, calls });
      await host.booted();
      await host.quiet();
      assert.deepEqual(host.collector.boots[0], NOBODY);
      const { [ANSWER]: _, ...rest } = await everything(host);
      assert.deepEqual(rest, {});
    }
  });

  test("the browser's own refusal doesn't count where the script says so", async (t) => {
    const host = await openHostPage(t, { before: GPC, script: tag(`data-gpc="ignore"`) });
    await host.booted();
    assert.ok(host.collector.boots[0].anonymousId);
  });

  test("of a widget that cannot run nobody hears without consent", async (t) => {
    const host = await openHostPage(t, {
      script: REQUIRED,
      given: something,
      csp: "default-src 'self' COLLECTOR; script-src 'unsafe-inline' COLLECTOR",
    });
    await host.until(() => host.lines.length > 0, "the line");
    await host.quiet();
    assert.deepEqual(host.collector.reports, []);
  });

  test("where storage is blocked the answer holds until the page is left", async (t) => {
    const host = await openHostPage(t, {
      script: REQUIRED,
      before: `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError") } })`,
    });
    await host.booted();
    await host.quiet();
    await host.call("consent", "granted");
    await host.booted(2);
    assert.ok(host.collector.boots[1].anonymousId);
  });
});
