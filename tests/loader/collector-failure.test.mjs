import assert from "node:assert/strict";
import { test } from "node:test";
import { SOMETHING } from "./fake-collector.mjs";
import { describeInBrowser, openHostPage } from "./host-page.mjs";

describeInBrowser("a collector that fails", () => {
  /** @typedef {import("./fake-collector.mjs").Answer} Answer */

  /** Every jitter at its longest, so that a test knows when a retry is due. */
  const LONGEST_WAITS = "Math.random = () => 0.9999;";

  for (const [what, answer] of /** @type {[string, Answer][]} */ ([
    ["fails", { status: 500, body: "oops" }],
    ["is overloaded", { status: 503, body: { error: { code: "busy", message: "busy" } } }],
    ["answers with a page", { body: "<!doctype html>" }],
    ["answers with JSON of another kind", { body: "null" }],
    ["answers without content", { body: {} }],
  ])) {
    test(`a collector that ${what} is asked four times at most, and nobody notices`, async (t) => {
      const host = await openHostPage(t, {
        clock: true,
        before: LONGEST_WAITS,
        given: (collector) => {
          collector.answers["/v1/boot"] = answer;
        },
      });
      await host.pass(60);
      assert.ok(host.collector.boots.length <= 4, String(host.collector.boots.length));
      assert.equal(host.collector.widgetRequests.length, 0);
      assert.equal(host.lines.length, 1);
      await host.assertUnnoticed();
    });
  }

  test("a collector that is down is left alone after three retries, and one line names it", async (t) => {
    const host = await openHostPage(t, {
      clock: true,
      before: `${LONGEST_WAITS}
      const { fetch } = window;
      let tries = 0;
      window.fetch = (url, ...rest) => { tries++; return fetch("http://127.0.0.1:1/", ...rest); };`,
    });
    await host.pass(60);
    assert.equal(await host.page.evaluate("tries"), 4);
    assert.equal(host.lines.length, 1);
    assert.ok(host.lines[0].includes(`${host.collector.origin}/v1/boot`), host.lines[0]);
    await host.assertUnnoticed();
  });

  test("the retries wait up to 2, 8 and 32 seconds, each a random part of it", async (t) => {
    for (const [jitter, expected] of /** @type {const} */ ([
      ["0.9999", [2, 8, 32]],
      ["0.5", [1, 4, 16]],
    ])) {
      const host = await openHostPage(t, {
        clock: true,
        before: `
        Math.random = () => ${jitter};
        const { fetch } = window;
        const asked = [], answered = [];
        window.fetch = async (...args) => {
          asked.push(Date.now() / 1000);
          const answer = await fetch(...args);
          answered.push(Date.now() / 1000);
          return answer;
        };`,
        given: (collector) => {
          collector.answers["/v1/boot"] = { status: 500 };
        },
      });
      await host.pass(50);
      const [asked, answered] = /** @type {number[][]} */ (
        await host.page.evaluate("[asked, answered]")
      );
      const waits = asked.slice(1).map((time, nth) => time - answered[nth]);
      assert.equal(waits.length, 3);
      // Reading the answer and an idle moment take up to two of the clock's half seconds.
      waits.forEach((wait, nth) => {
        assert.ok(wait >= expected[nth] - 0.01 && wait <= expected[nth] + 1, String(waits));
      });
    }
  });

  test("a retry waits as long as the collector asked for", async (t) => {
    const host = await openHostPage(t, {
      clock: true,
      before: LONGEST_WAITS,
      given: (collector) => {
        collector.answers["/v1/boot"] = { status: 429, headers: { "retry-after": "20" } };
      },
    });
    await host.pass(18);
    assert.equal(host.collector.boots.length, 1);
    await host.pass(7);
    assert.equal(host.collector.boots.length, 2);
  });

  test("a collector that does not answer within ten seconds is tried again", async (t) => {
    const host = await openHostPage(t, {
      clock: true,
      before: LONGEST_WAITS,
      given: (collector) => {
        collector.answers["/v1/boot"] = (nth) => (nth ? { body: SOMETHING } : { never: true });
      },
    });
    await host.pass(9);
    assert.equal(host.collector.boots.length, 1);
    await host.pass(5);
    assert.equal(host.collector.boots.length, 2);
    await host.widgetStarted();
  });

  test("calls made while the collector was down reach the widget once it is up", async (t) => {
    const host = await openHostPage(t, {
      clock: true,
      calls: `headstart("track", "one")`,
      given: (collector) => {
        collector.answers["/v1/boot"] = (nth) => (nth < 2 ? { status: 502 } : { body: SOMETHING });
      },
    });
    await host.pass(1);
    await host.call("track", "two");
    await host.pass(15);
    assert.deepEqual(await host.delivered(), ["track one", "track two"]);
    assert.equal(host.collector.boots.length, 3);
  });

  test("long after the last retry a call tries again", async (t) => {
    const host = await openHostPage(t, {
      clock: true,
      given: (collector) => {
        collector.answers["/v1/boot"] = (nth) => (nth < 4 ? { status: 502 } : { body: SOMETHING });
      },
    });
    await host.pass(50);
    await host.call("track", "soon after");
    await host.pass(10);
    assert.equal(host.collector.boots.length, 4);
    await host.page.clock.fastForward("05:00");
    await host.pass(10);
    assert.equal(host.collector.boots.length, 4);
    await host.call("track", "long after");
    await host.pass(5);
    assert.deepEqual(await host.delivered(), ["track soon after", "track long after"]);
  });

  for (const [what, hide, show] of [
    [
      "hidden",
      "away = true",
      `away = false; document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))`,
    ],
    ["offline", "offline = true", `offline = false; dispatchEvent(new Event("online"))`],
  ]) {
    test(`nothing is retried while the page is ${what}`, async (t) => {
      const host = await openHostPage(t, {
        clock: true,
        before: `${LONGEST_WAITS}
        let away = false, offline = false;
        Object.defineProperty(document, "hidden", { get: () => away });
        Object.defineProperty(navigator, "onLine", { get: () => !offline });`,
        given: (collector) => {
          collector.answers["/v1/boot"] = (nth) => (nth ? { body: SOMETHING } : { status: 500 });
        },
      });
      await host.pass(1);
      await host.page.evaluate(hide);
      await host.pass(60);
      assert.equal(host.collector.boots.length, 1);
      await host.page.evaluate(show);
      await host.pass(2);
      assert.equal(host.collector.boots.length, 2);
    });
  }

  test("a collector that knows no such key is asked once, and its words are in the line", async (t) => {
    const host = await openHostPage(t, {
      clock: true,
      given: (collector) => {
        const error = { code: "unknown_write_key", message: "no project has this write key" };
        collector.answers["/v1/boot"] = { status: 401, body: { error } };
      },
    });
    await host.pass(60);
    assert.equal(host.collector.boots.length, 1);
    assert.match(host.lines[0], /v1\/boot 401 no project has this write key/);
    await host.assertUnnoticed();
  });
});
