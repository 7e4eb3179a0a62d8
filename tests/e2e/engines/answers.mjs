/** What the queue does with each kind of answer, and with none. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "../eventually.mjs";
import { stepOf } from "./world.mjs";

/** @typedef {import("./scenario.mjs").Scenario} Scenario */
/** @typedef {import("./world.mjs").World} World */
/** @typedef {import("../faults.mjs").Entry} Entry */
/** @typedef {import("../faults.mjs").Fault} Fault */

const TEN_SECONDS = 10_000;

/** Whether it carries what the page has tracked. @param {Entry} entry */
const carriesSteps = ({ messages }) => messages.some((message) => stepOf(message) !== undefined);

/** @param {Entry} entry @param {string} id */
const carries = ({ messages }, id) => messages.some((message) => stepOf(message) === id);

/**
 * Each fault hits one request that carries events, and then nothing is in the way until they are
 * there.
 *
 * @param {World} world
 * @param {Fault[]} faults
 */
async function recoverFrom(world, faults) {
  const tab = await world.visit();
  /** @type {string[]} */
  const all = [];
  for (const fault of faults) {
    const ids = await world.take(tab);
    all.push(...ids);
    let hit = false;
    world.faults.plan((entry) => {
      if (hit || !carriesSteps(entry)) return undefined;
      hit = true;
      return fault;
    });
    await world.arrive(all);
    assert.ok(hit, "a request was met by the fault");
    // What carried them again is answered before the next fault, which it would take for itself.
    await world.request(() => world.faults.sent().every(({ done }) => done));
  }
}

/**
 * After a 429 with that header nothing is sent for so long, also when there is more to send.
 *
 * @param {World} world
 * @param {() => string} header
 * @param {number} wait milliseconds at least
 */
async function waitAsAsked(world, header, wait) {
  const tab = await world.visit();
  world.faults.plan((entry) =>
    carriesSteps(entry) && world.faults.sent().filter(carriesSteps).length === 1
      ? { do: "answer", status: 429, headers: { "retry-after": header() } }
      : undefined,
  );
  const ids = await world.take(tab);
  const { at } = await world.request(({ status }) => status === 429);
  await sleep(500);
  ids.push(...(await world.take(tab)));
  await world.arrive(ids);
  const [, second] = world.faults.sent().filter(carriesSteps);
  assert.ok(second);
  assert.ok(second.at - at >= wait, `${wait} ms were asked for, and ${second.at - at} kept`);
}

/** @param {World} world @param {number} status */
async function stopAt(world, status) {
  const tab = await world.visit();
  const before = (await world.said(tab)).length;
  const first = world.faults.sent().length;
  world.faults.plan(({ path }) => (path === "/v1/batch" ? { do: "answer", status } : undefined));
  const ids = await world.take(tab);
  await world.request((entry) => entry.status === status);
  for (let turn = 0; turn < 3; turn += 1) {
    await sleep(1_000);
    ids.push(...(await world.take(tab, 1)));
  }
  await sleep(1_500);
  assert.equal(world.faults.sent().length - first, 1, "requests");
  const lines = await eventually(
    () => world.said(tab),
    ({ length }) => length > before,
    {
      what: "a line in the console",
    },
  );
  assert.equal(lines.length - before, 1, "lines in the console");
  // It may have been a mistake, so what waited is sent when the next page finds the door open.
  world.faults.heal();
  await tab.reload();
  await world.arrive(ids);
}

/** @type {Scenario[]} */
export const ANSWERS = [
  {
    name: "what the collector has taken is not sent again",
    async run(world) {
      const tab = await world.visit();
      const ids = await world.take(tab);
      await world.arrive(ids);
      await tab.reload();
      await world.ready(tab);
      await world.arrive([...ids, ...(await world.take(tab))]);
      const again = [...world.sendings(world.faults.sent().filter(carriesSteps))].filter(
        ([, times]) => times > 1,
      );
      assert.deepEqual(again, []);
    },
  },
  {
    name: "408, 425, 429 and 5xx are tried again",
    run: (world) =>
      recoverFrom(
        world,
        [408, 425, 429, 500, 502, 503, 504].map((status) => ({ do: "answer", status })),
      ),
  },
  {
    name: "what is lost, cut short or delivered twice is counted once",
    run: (world) =>
      recoverFrom(world, [
        { do: "drop", when: "before" },
        { do: "drop", when: "after" },
        { do: "truncate" },
        { do: "half" },
        { do: "twice" },
        { do: "answer", status: 502, cors: false },
      ]),
  },
  {
    name: "what arrives out of order keeps its order",
    async run(world) {
      const tab = await world.visit();
      world.faults.plan((entry) =>
        carriesSteps(entry) && world.faults.sent().filter(carriesSteps).length === 1
          ? { do: "hold" }
          : undefined,
      );
      const first = await world.take(tab);
      await world.request(({ fault }) => fault.do === "hold");
      const second = await world.take(tab);
      // What is on its way does not keep a page that is hidden from sending the rest.
      await tab.hide();
      await world.arrive(second);
      world.faults.release();
      await world.arrive([...first, ...second]);
      const order = (await world.stored()).map(({ id }) => id);
      assert.deepEqual(order, [...first, ...second]);
    },
  },
  {
    name: "Retry-After in seconds is heeded",
    run: (world) => waitAsAsked(world, () => "4", 4_000),
  },
  {
    name: "Retry-After as a date is heeded",
    // A date has whole seconds.
    run: (world) => waitAsAsked(world, () => new Date(Date.now() + 5_000).toUTCString(), 4_000),
  },
  {
    name: "an event that the collector refuses by name is given up alone",
    async run(world) {
      const tab = await world.visit();
      const [good = "", poison = "", other = ""] = world.names(3);
      world.faults.plan(() => ({ do: "refuse", bad: (message) => stepOf(message) === poison }));
      await tab.run((ids) => window.take(ids), [good, poison, other]);
      await world.arrive([good, other]);
      await world.arrive([good, other, ...(await world.take(tab))]);
      await tab.reload();
      await world.ready(tab);
      await world.arrive([good, other, ...(await world.take(tab))]);
      assert.equal(world.faults.sent().filter((entry) => carries(entry, poison)).length, 1);

      // Whoever looks for it finds it.
      const [sent] = world.faults.sent().filter((entry) => carries(entry, poison));
      const { messageId } = sent?.messages.find((message) => stepOf(message) === poison) ?? {};
      const dead = await tab.run(() => JSON.stringify(window.headstart?.("debug")));
      assert.ok(messageId && dead.includes(messageId), dead);
    },
  },
  {
    name: "one poison event never blocks the rest",
    async run(world) {
      const tab = await world.visit();
      const ids = world.names(9);
      const [poison = ""] = ids.splice(4, 1);
      // Nobody says which one is bad.
      world.faults.plan((entry) =>
        carries(entry, poison) ? { do: "answer", status: 400 } : undefined,
      );
      await tab.run((ids) => window.take(ids), [...ids.slice(0, 4), poison, ...ids.slice(4)]);
      await world.arrive(ids);
      await world.arrive([...ids, ...(await world.take(tab))]);
      const tries = world.faults.sent().filter((entry) => carries(entry, poison)).length;
      assert.ok(tries <= 6, `it was sent ${tries} times`);
    },
  },
  {
    name: "a batch that is too large is halved until it fits",
    async run(world) {
      const tab = await world.visit();
      world.faults.plan(({ messages }) =>
        messages.length > 3 ? { do: "answer", status: 413 } : undefined,
      );
      await world.arrive(await world.take(tab, 20));
    },
  },
  { name: "401 stops it, with one line", run: (world) => stopAt(world, 401) },
  { name: "403 stops it, with one line", run: (world) => stopAt(world, 403) },
  {
    name: "a collector that is down is not hammered",
    async run(world) {
      const tab = await world.visit();
      await world.arrive(await world.take(tab, 1));
      world.faults.plan(() => ({ do: "drop", when: "before" }));
      const began = Date.now();
      /** @type {string[]} */
      const ids = [];
      while (Date.now() < began + TEN_SECONDS) {
        ids.push(...(await world.take(tab, 1)));
        await sleep(500);
      }
      // With waits of up to 1, 2, 4, … s, ten in ten seconds have a chance below one in a thousand.
      const tries = world.faults
        .sent()
        .filter(({ at }) => at >= began && at < began + TEN_SECONDS).length;
      assert.ok(tries >= 1 && tries < 10, `${tries} requests in ten seconds`);
      world.faults.heal();
      await tab.reload();
      await world.arrive(ids);
    },
  },
  {
    name: "nothing is tried while the browser is offline",
    lacks: {
      firefox: "its offline mode leaves this machine's own addresses in reach",
      webkit: "it can't be told to be offline",
    },
    async run(world) {
      const tab = await world.visit();
      await world.arrive(await world.take(tab, 1));
      await tab.setOffline(true);
      assert.equal(await tab.run(() => navigator.onLine), false);
      const before = world.faults.log.length;
      const ids = await world.take(tab);
      await sleep(3_000);
      assert.equal(world.faults.log.length, before, world.diary());
      await tab.setOffline(false);
      await world.arrive(ids);
    },
  },
];
