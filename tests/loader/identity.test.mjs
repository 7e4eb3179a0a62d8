import assert from "node:assert/strict";
import { test } from "node:test";
import { SOMETHING } from "./fake-collector.mjs";
import { describeInBrowser, openHostPage } from "./host-page.mjs";

/** What was called, and for whom. @param {any[]} call */
const persons = ([, [name], anonymousId, userId]) => [name, anonymousId, userId];

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
    const { starts, delivered } = await host.widgetStarted();
    const [before, after] = host.collector.boots;
    assert.equal(starts[0].anonymousId, after.anonymousId);
    assert.deepEqual(delivered.map(persons), [
      ["identify", before.anonymousId, "user-1"],
      ["track", before.anonymousId, "user-1"],
      ["reset", after.anonymousId, null],
    ]);
    assert.notEqual(before.anonymousId, after.anonymousId);
  });

  test("what was tracked early, before a reset, stays with the person before it", async (t) => {
    const host = await openHostPage(t, {
      calls: `
        headstart("identify", "user-1");
        headstart("track", "Signed Out");
        headstart("reset");
        headstart("identify", "user-2");`,
    });
    const { starts, delivered } = await host.widgetStarted();
    const { anonymousId, userId } = starts[0];
    assert.equal(userId, "user-2");
    const [first, second, ...others] = delivered.map(persons);
    assert.deepEqual([first[2], second[2]], ["user-1", "user-1"]);
    assert.notEqual(second[1], anonymousId);
    assert.deepEqual(others, [
      ["reset", anonymousId, null],
      ["identify", anonymousId, "user-2"],
    ]);
  });

  test("a page that is not a secure context has ids as well", async (t) => {
    const host = await openHostPage(t, { before: "delete Crypto.prototype.randomUUID" });
    await host.booted();
    assert.match(host.collector.boots[0].anonymousId, /^\d+-\d+-\d+-\d+$/);
  });

  /** What a collector says that believes in nobody without a token. @param {string} code */
  const unproven = (code) => ({
    status: 401,
    body: { error: { code, message: "the message of " + code } },
  });

  test("a token goes with the boot, and is never stored", async (t) => {
    const host = await openHostPage(t, {
      calls: `headstart("identify", "user-1", null, { token: "tok.en.1" })`,
    });
    await host.booted();
    assert.equal(host.collector.boots[0].token, "tok.en.1");
    const stored = await host.page.evaluate(() =>
      JSON.stringify({ ...localStorage, ...sessionStorage }),
    );
    assert.ok(stored.includes("user-1") && !stored.includes("tok.en"), stored);
  });

  test("a token is kept for the user it came with, and for nobody else", async (t) => {
    for (const [calls, expected] of [
      [`headstart("identify", "user-1")`, "tok.en.1"],
      [`headstart("identify", "user-1", {}, { token: "tok.en.2" })`, "tok.en.2"],
      [`headstart("identify", "user-2")`, undefined],
      [`headstart("identify", "user-2", {}, { token: "tok.en.2" })`, "tok.en.2"],
      [`headstart("reset"); headstart("identify", "user-1")`, undefined],
    ]) {
      const host = await openHostPage(t, {
        calls: `headstart("identify", "user-1", {}, { token: "tok.en.1" }); ${calls}`,
      });
      await host.booted();
      assert.equal(host.collector.boots[0].token, expected, calls);
    }
  });

  test("where a proof is missing the next identify is waited for, silently", async (t) => {
    const host = await openHostPage(t, {
      calls: `headstart("identify", "user-1")`,
      given: (collector) => {
        collector.answers["/v1/boot"] = (nth) =>
          nth === 0 ? unproven("identity_token_missing") : { body: SOMETHING };
      },
    });
    await host.booted();
    await host.quiet();
    assert.equal(host.collector.boots.length, 1);
    await host.call("identify", "user-1", null, { token: "tok.en.1" });
    const { starts } = await host.widgetStarted();
    assert.equal(host.collector.boots[1].token, "tok.en.1");
    assert.deepEqual([starts[0].userId, starts[0].boot.content.length], ["user-1", 1]);
    assert.deepEqual(host.lines, []);
  });

  for (const code of ["invalid", "expired", "revoked"].map((why) => `identity_token_${why}`)) {
    test(`where a proof is no good (${code}) that is said once, and the next identify waited for`, async (t) => {
      const host = await openHostPage(t, {
        calls: `headstart("identify", "user-1", null, { token: "bad" })`,
        given: (collector) => {
          collector.answers["/v1/boot"] = (nth) => (nth === 0 ? unproven(code) : {});
        },
      });
      await host.booted();
      await host.quiet();
      assert.equal(host.collector.boots.length, 1);
      assert.deepEqual(host.lines, ["headstart: the message of " + code]);
      await host.call("identify", "user-1", null, { token: "good" });
      await host.booted(2);
      assert.equal(host.collector.boots[1].token, "good");
    });
  }

  test("where the widget is loaded as well, it is the one that says that a proof is no good", async (t) => {
    const host = await openHostPage(t, {
      calls: `headstart("identify", "user-1", null, { token: "bad" }); headstart("track", "Invoice Created")`,
      given: (collector) => {
        collector.answers["/v1/boot"] = unproven("identity_token_invalid");
      },
    });
    await host.widgetStarted();
    assert.deepEqual(host.lines, []);
  });

  test("who signs out with a token has the widget loaded, which ends it", async (t) => {
    const host = await openHostPage(t, {
      calls: `headstart("identify", "user-1", null, { token: "tok.en.1" })`,
    });
    await host.booted();
    await host.quiet();
    assert.equal(host.collector.widgetRequests.length, 0);
    await host.call("reset");
    assert.deepEqual((await host.delivered()).at(-1), "reset");
  });

  test("what is tracked while the proof is missing is in the widget's hands", async (t) => {
    const host = await openHostPage(t, {
      calls: `headstart("identify", "user-1"); headstart("track", "Invoice Created")`,
      given: (collector) => {
        collector.answers["/v1/boot"] = unproven("identity_token_missing");
      },
    });
    const { starts } = await host.widgetStarted();
    assert.equal(starts[0].userId, "user-1");
    assert.deepEqual(await host.delivered(), ["identify user-1", "track Invoice Created"]);
    assert.equal(host.collector.boots.length, 1);
  });

  test("a reset before the proof came asks for the next person", async (t) => {
    const host = await openHostPage(t, {
      calls: `headstart("identify", "user-1")`,
      given: (collector) => {
        collector.answers["/v1/boot"] = (nth) =>
          nth === 0 ? unproven("identity_token_missing") : { body: SOMETHING };
      },
    });
    await host.booted();
    await host.quiet();
    await host.call("reset");
    await host.booted(2);
    assert.equal(host.collector.boots[1].userId, undefined);
  });
});
