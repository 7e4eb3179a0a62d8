/** Storage that is blocked or full: nothing can be kept then, but nothing else goes wrong. */
import assert from "node:assert/strict";

/** @typedef {import("./scenario.mjs").Scenario} Scenario */

/**
 * Nothing else goes wrong at first, so what is said is about the storage.
 *
 * @param {import("./world.mjs").World} world
 * @param {string} query
 */
async function goOnInMemory(world, query) {
  const tab = await world.visit(query);
  const first = await world.take(tab);
  await world.arrive(first);
  assert.equal((await world.said(tab)).length, 1, "lines in the console");

  world.faults.plan(() => ({ do: "drop", when: "before" }));
  const second = await world.take(tab);
  await world.request(({ done }) => done);
  world.faults.heal();
  await world.arrive([...first, ...second, ...(await world.take(tab))]);
  return tab;
}

/** @type {Scenario[]} */
export const STORAGE = [
  {
    name: "where storage is blocked events are kept in memory, and that is said once",
    async run(world) {
      const tab = await goOnInMemory(world, "?blocked");
      const found = await tab.run(() => {
        try {
          return typeof localStorage;
        } catch {
          return "blocked";
        }
      });
      assert.equal(found, "blocked");
    },
  },
  {
    name: "where storage is full events are kept in memory, and that is said once",
    // The others can't be told how much a site may store: there only `localStorage` is full.
    browser: { quota: 6 * 1024 },
    async run(world) {
      await goOnInMemory(world, "?full");
    },
  },
];
