/** The server that goes wrong does so in the way it says, and no other. */
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { startCollector } from "./collector.mjs";
import { rows } from "./database.mjs";
import { startFaults } from "./faults.mjs";
import { randomFaults, randomFrom } from "./faults/random.mjs";

/** @typedef {import("./faults.mjs").Fault} Fault */

describe("the server that goes wrong", () => {
  /** @type {import("./collector.mjs").Collector} */
  let collector;
  /** @type {import("./faults.mjs").Faults} */
  let faults;
  let made = 0;

  before(async () => {
    collector = await startCollector();
    faults = await startFaults({ collector: collector.url });
  });
  afterEach(() => faults.heal());
  after(async () => {
    await faults.close();
    await collector.stop();
  });

  /** Sends so many new messages. @param {number} [count] @param {(body: string) => BodyInit} [pack] */
  const send = async (count = 1, pack = (body) => body) => {
    const ids = Array.from({ length: count }, () => `faults-${(made += 1)}`);
    const batch = ids.map((messageId) => ({
      type: "track",
      messageId,
      anonymousId: "browser-1",
      event: "Thing Done",
    }));
    const body = JSON.stringify({ writeKey: collector.writeKey, batch });
    const outcome = await fetch(`${faults.url}/v1/batch`, {
      method: "POST",
      body: pack(body),
    }).then(
      async (response) => ({
        status: response.status,
        headers: response.headers,
        body: await response.json().catch(() => "cut off"),
      }),
      () => "no answer",
    );
    return { ids, outcome };
  };
  /** @param {string[]} ids */
  const stored = (ids) =>
    rows(
      collector,
      `SELECT message_id FROM events WHERE message_id IN (${ids.map((id) => `'${id}'`)}) ORDER BY seq`,
    ).then((found) => found.map(({ message_id }) => message_id));

  /**
   * @param {string} name
   * @param {Fault} fault
   * @param {{ outcome: unknown, stored: boolean }} expect
   */
  const check = (name, fault, expect) =>
    test(name, async () => {
      faults.plan(() => fault);
      const { ids, outcome } = await send();
      const seen = typeof outcome === "string" ? outcome : [outcome.status, outcome.body];
      assert.deepEqual(seen, expect.outcome);
      assert.deepEqual(await stored(ids), expect.stored ? ids : []);
    });

  const took = [200, { accepted: 1, duplicates: 0 }];
  const injected = { error: { code: "injected", message: "injected by the test" } };
  check("left alone, it passes everything on", {}, { outcome: took, stored: true });
  check(
    "it loses a request",
    { do: "drop", when: "before" },
    { outcome: "no answer", stored: false },
  );
  check(
    "it loses an answer",
    { do: "drop", when: "after" },
    { outcome: "no answer", stored: true },
  );
  check(
    "it breaks an answer off in its body",
    { do: "truncate" },
    { outcome: [200, "cut off"], stored: true },
  );
  check(
    "it breaks an answer off in its first line",
    { do: "half" },
    { outcome: "no answer", stored: true },
  );
  check(
    "it answers by itself",
    { do: "answer", status: 503 },
    { outcome: [503, injected], stored: false },
  );
  check(
    "it delivers twice",
    { do: "twice" },
    { outcome: [200, { accepted: 0, duplicates: 1 }], stored: true },
  );

  test("it sends the headers that it is told to", async () => {
    faults.plan(() => ({ do: "answer", status: 429, headers: { "retry-after": "7" } }));
    const { outcome } = await send();
    assert.ok(typeof outcome === "object");
    assert.equal(outcome.headers.get("retry-after"), "7");
    assert.equal(outcome.headers.get("access-control-allow-origin"), "*");
  });

  test("it waits as long as it is told to", async () => {
    faults.plan(() => ({ delay: 300 }));
    const began = performance.now();
    await send();
    assert.ok(performance.now() - began >= 299);
  });

  test("it names the messages it refuses, and the collector gets the others", async () => {
    faults.plan(() => ({ do: "refuse", bad: ({ messageId }) => /[02468]$/.test(messageId) }));
    const { ids, outcome } = await send(4);
    const [bad, good] = [true, false].map((even) =>
      ids.filter((id) => /[02468]$/.test(id) === even),
    );
    assert.ok(typeof outcome === "object");
    assert.equal(outcome.status, 400);
    const body = /** @type {any} */ (outcome.body);
    assert.deepEqual(
      body.rejected.map((/** @type {any} */ one) => [ids[one.index], one.message_id]),
      bad?.map((id) => [id, id]),
    );
    assert.equal(body.accepted, good?.length);
    assert.deepEqual(await stored(ids), good);
  });

  test("it delivers out of order", async () => {
    const first = faults.log.length;
    faults.plan(({ turn }) => (turn === first ? { do: "hold" } : undefined));
    const held = send();
    while (faults.log.length === first) await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await send();
    faults.release();
    const { ids } = await held;
    assert.deepEqual(await stored([...ids, ...second.ids]), [...second.ids, ...ids]);
  });

  test("it refuses connections while it does not listen, and then listens at the same place", async () => {
    await faults.listen(false);
    assert.equal((await send()).outcome, "no answer");
    await faults.listen(true);
    assert.notEqual((await send()).outcome, "no answer");
  });

  test("its log says what was carried, plain or gzipped, and how often it was forwarded", async () => {
    const plain = await send(2);
    const gzipped = await send(2, (body) => new Uint8Array(gzipSync(body)));
    faults.plan(() => ({ do: "twice" }));
    const twice = await send();
    faults.plan(() => ({ do: "drop", when: "before" }));
    const lost = await send();
    const logged = faults.log.slice(-4).map(({ messages, forwarded, done }) => ({
      ids: messages.map(({ messageId }) => messageId),
      forwarded,
      done,
    }));
    assert.deepEqual(logged, [
      { ids: plain.ids, forwarded: 1, done: true },
      { ids: gzipped.ids, forwarded: 1, done: true },
      { ids: twice.ids, forwarded: 2, done: true },
      { ids: lost.ids, forwarded: 0, done: true },
    ]);
  });

  test("the same seed draws the same faults, and another draws others", () => {
    const draw = (/** @type {number} */ seed) => {
      const plan = randomFaults(randomFrom(seed));
      const entry = /** @type {any} */ ({ messages: [1, 2] });
      return Array.from({ length: 60 }, () => {
        const { headers: _headers, ...fault } = plan(entry) ?? {};
        return fault;
      });
    };
    assert.deepEqual(draw(7), draw(7));
    assert.notDeepEqual(draw(7), draw(8));
    const wrong = draw(7).filter((fault) => fault.do !== undefined).length;
    assert.ok(wrong > 10 && wrong < 40, `${wrong} of 60 went wrong, where 24 are wanted`);
  });
});
