import assert from "node:assert/strict";
import { test } from "node:test";
import { describeInBrowser, openHostPage } from "./host-page.mjs";

describeInBrowser("who the user is", () => {
  test("an anonymous user keeps the id on the next page", async (t) => {
    const host = await openHostPage(t);
    await host.booted();
    await host.reload();
    await host.booted(2);
    const [first, second] = host.collector.boots;
    assert.equal(first.userId, undefined);
    assert.equal(second.anonymousId, first.anonymousId);
    assert.equal(await host.stored("anonymous"), first.anonymousId);
  });

  test("a user named on one page is known on the next one, which says nothing", async (t) => {
    const host = await openHostPage(t, {
      calls: `if (!sessionStorage.visited) headstart("identify", "user-1"); sessionStorage.visited = 1`,
    });
    await host.booted();
    assert.equal(await host.stored("user"), "user-1");
    await host.reload();
    await host.booted(2);
    assert.equal(host.collector.boots[1].userId, "user-1");
  });

  test("the last of the early calls says who the user is", async (t) => {
    const host = await openHostPage(t, {
      calls: `headstart("identify", "user-1"); headstart("reset"); headstart("identify", "user-2")`,
    });
    await host.booted();
    assert.equal(host.collector.boots[0].userId, "user-2");
  });

  test("what the page tells of the user goes with the boot, and not beyond a reset", async (t) => {
    const host = await openHostPage(t, {
      calls: `headstart("identify", "user-1", { plan: "pro", seats: 3, owner: false })`,
    });
    await host.booted();
    assert.deepEqual(JSON.parse(host.collector.boots[0].traits), {
      plan: "pro",
      seats: 3,
      owner: false,
    });
    await host.quiet();
    await host.call("reset");
    await host.booted(2);
    assert.equal(host.collector.boots[1].traits, undefined);
  });

  test("traits alone leave the user as is", async (t) => {
    const host = await openHostPage(t, {
      calls: `headstart("identify", "user-1"); headstart("identify", { plan: "pro" }); headstart("identify", "")`,
    });
    await host.booted();
    assert.equal(host.collector.boots[0].userId, "user-1");
  });

  for (const [given, expected] of /** @type {const} */ ([
    ["42", "42"],
    [`"жанна"`, "жанна"],
    [String.raw`"\"quoted\" \\ 100% \n \u0007 😀"`, '"quoted" \\ 100% \n \u0007 😀'],
  ])) {
    test(`the user id ${given} arrives whole`, async (t) => {
      const host = await openHostPage(t, { calls: `headstart("identify", ${given})` });
      await host.booted();
      assert.equal(host.collector.boots[0].userId, expected);
    });
  }

  test("a reset makes somebody new of the user, and asks what there is for them", async (t) => {
    const host = await openHostPage(t, { calls: `headstart("identify", "user-1")` });
    await host.booted();
    await host.quiet();
    await host.call("reset");
    await host.booted(2);
    const [before, after] = host.collector.boots;
    assert.equal(after.userId, undefined);
    assert.notEqual(after.anonymousId, before.anonymousId);
    assert.equal(await host.stored("user"), null);
    assert.equal(await host.stored("anonymous"), after.anonymousId);
  });

  test("what was tracked before a reset stays with the person before it", async (t) => {
    const host = await openHostPage(t, { calls: `headstart("identify", "user-1")` });
    await host.booted();
    await host.quiet();
    await host.page.evaluate(`headstart("track", "Signed Out"); headstart("reset")`);
    const { starts } = await host.widgetStarted();
    assert.equal(starts[0].userId, "user-1");
    assert.deepEqual(await host.delivered(), ["identify user-1", "track Signed Out", "reset"]);
  });

  test("what was tracked early, before a reset, stays with the person before it", async (t) => {
    const host = await openHostPage(t, {
      calls: `
        headstart("identify", "user-1");
        headstart("track", "Signed Out");
        headstart("reset");
        headstart("identify", "user-2");`,
    });
    const { starts } = await host.widgetStarted();
    assert.equal(starts[0].userId, "user-1");
    assert.deepEqual(await host.delivered(), [
      "identify user-1",
      "track Signed Out",
      "reset",
      "identify user-2",
    ]);
  });

  test("a page that is not a secure context has ids as well", async (t) => {
    const host = await openHostPage(t, { before: "delete Crypto.prototype.randomUUID" });
    await host.booted();
    assert.match(host.collector.boots[0].anonymousId, /^\d+-\d+-\d+-\d+$/);
  });

  const WHILE_DENIED = `headstart("identify", "user-1"); headstart("consent", "denied"); headstart("track", "x")`;

  test("while consent is denied nothing is asked and nobody gets an id", async (t) => {
    const host = await openHostPage(t, { calls: WHILE_DENIED });
    await host.loaderRan();
    await host.quiet();
    assert.deepEqual(host.collector.requests, []);
    assert.deepEqual([await host.stored("anonymous"), await host.stored("user")], [null, null]);
  });

  test("consent given later is enough", async (t) => {
    const host = await openHostPage(t, { calls: WHILE_DENIED });
    await host.loaderRan();
    await host.call("consent", "granted");
    const { starts } = await host.widgetStarted();
    assert.equal(starts[0].userId, "user-1");
    assert.deepEqual(await host.delivered(), [
      "identify user-1",
      "consent denied",
      "track x",
      "consent granted",
    ]);
  });

  test("consent denied later removes the ids of before", async (t) => {
    const host = await openHostPage(t, { calls: `headstart("identify", "user-1")` });
    await host.booted();
    await host.quiet();
    await host.call("consent", "denied");
    assert.deepEqual([await host.stored("anonymous"), await host.stored("user")], [null, null]);
    await host.call("track", "Invoice Created");
    await host.quiet();
    assert.equal(host.collector.requests.length, 1);
  });
});
