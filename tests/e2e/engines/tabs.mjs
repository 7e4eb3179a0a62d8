/** Many tabs, one queue. */
import assert from "node:assert/strict";
import { eventually } from "../eventually.mjs";
import { stepOf } from "./world.mjs";

/** @typedef {import("./scenario.mjs").Scenario} Scenario */
/** @typedef {import("./tab.mjs").Tab} Tab */
/** @typedef {import("./world.mjs").World} World */

/** A host name that leads to this machine, and that no browser takes for it. */
const ALIAS = "tracked.test";

/** @param {World} world @param {Tab[]} tabs */
async function trackInBoth(world, tabs) {
  // So slow that the other tab has its time to interfere.
  world.faults.plan(() => ({ delay: 200 }));
  /** @type {string[]} */
  const all = [];
  for (const tab of tabs) {
    const ids = world.names(30);
    all.push(...ids);
    // From now on without being asked: asking brings a tab to the front.
    await tab.run((ids) => {
      const timer = setInterval(() => {
        window.take(ids.splice(0, 10));
        if (ids.length === 0) clearInterval(timer);
      }, 300);
    }, ids);
  }
  await world.arrive(all);
}

/**
 * What the page has tracked was in one request each. Its last words, when it was hidden, are
 * another matter: those wait for nobody.
 *
 * @param {World} world
 */
async function sentOnce(world) {
  await eventually(() => world.faults.sent().every(({ done }) => done), Boolean);
  const steps = world.faults.sent().flatMap(({ messages }) => messages.map(stepOf));
  const again = steps.filter((step, place) => step && steps.indexOf(step) !== place);
  assert.deepEqual(again, []);
}

/** @type {Scenario[]} */
export const TABS = [
  {
    name: "of two tabs nothing is sent by both",
    async run(world) {
      await trackInBoth(world, [await world.visit(), await world.visit()]);
      await sentOnce(world);
    },
  },
  {
    name: "of two tabs nothing is sent by both, also where there are no Web Locks",
    lacks: { webkit: "it can't be told that a name leads to this machine" },
    browser: { alias: ALIAS },
    async run(world) {
      const address = world.page().replace("127.0.0.1", ALIAS);
      const tabs = [await world.browser.open(address), await world.browser.open(address)];
      for (const tab of tabs) {
        await world.ready(tab);
        assert.equal(await tab.run(() => "locks" in navigator), false);
      }
      await trackInBoth(world, tabs);
      await sentOnce(world);
    },
  },
  {
    name: "a tab that dies while it sends loses nothing",
    kills: true,
    async run(world) {
      const victim = await world.visit();
      // Alone, so that nobody else sends what it has.
      world.faults.plan(({ messages }) =>
        messages.some((message) => stepOf(message)) ? { do: "hold" } : undefined,
      );
      const ids = await world.take(victim);
      await world.request(({ fault }) => fault.do === "hold");
      const survivor = await world.visit();
      await victim.crash();
      // What it was sending arrives late, and another tab sends it, too.
      world.faults.plan(() => undefined);
      const more = await world.take(survivor);
      await world.arrive([...ids, ...more]);
      world.faults.release();
      await eventually(() => world.faults.sent().every(({ done }) => done), Boolean);
      await world.arrive([...ids, ...more]);
      const carried = world.faults
        .sent()
        .filter(({ messages }) => messages.some((one) => ids.includes(stepOf(one) ?? "")));
      assert.ok(carried.length >= 2, "the collector got it from both");
    },
  },
  {
    name: "what a closed tab left is sent by the one that stays",
    async run(world) {
      const stays = await world.visit();
      const closes = await world.visit();
      world.faults.plan(() => ({ do: "drop", when: "before" }));
      const ids = await world.take(closes);
      await closes.close();
      world.faults.heal();
      await stays.front();
      await world.arrive([...ids, ...(await world.take(stays))]);
    },
  },
  {
    name: "a duplicated tab stays one session",
    async run(world) {
      const first = await world.visit();
      await first.run(() => sessionStorage.setItem("marker", "copied"));
      // A window that a page opens at its own site gets a copy of the page's sessionStorage.
      await first.run(() => void window.open(location.href));
      const [second] = await eventually(
        () => world.browser.others([first]),
        ({ length }) => length === 1,
        { what: "the second tab" },
      );
      assert.ok(second);
      await world.ready(second);
      assert.equal(await second.run(() => sessionStorage.getItem("marker")), "copied");
      await world.arrive([...(await world.take(first)), ...(await world.take(second))]);
      await first.close();
      await second.close();
      await eventually(
        () => world.rows("SELECT DISTINCT tab_id FROM session_tabs"),
        ({ length }) => length === 2,
        { what: "a report of each tab" },
      );
      assert.equal((await world.rows("SELECT * FROM sessions")).length, 1);
      const started = "SELECT * FROM events WHERE name = 'Session Started'";
      assert.equal((await world.rows(started)).length, 1);
    },
  },
];
