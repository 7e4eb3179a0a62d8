/** Storage that is blocked or full: nothing can be kept then, but nothing else goes wrong. */
import assert from "node:assert/strict";

/** @typedef {import("./scenario.mjs").Scenario} Scenario */

/** Room for a site in a browser that has hardly any, bytes. */
const QUOTA = 8 * 1024 * 1024;

/**
 * Nothing else goes wrong at first, so what is said is about the storage.
 *
 * @param {import("./world.mjs").World} world
 * @param {import("./tab.mjs").Tab} tab
 */
async function goOnInMemory(world, tab) {
  await world.ready(tab);
  const first = await world.take(tab, 5);
  await world.arrive(first);
  assert.equal((await world.said(tab)).length, 1, "lines in the console");

  world.faults.plan(() => ({ do: "drop", when: "before" }));
  const second = await world.take(tab);
  await world.request(({ done }) => done);
  world.faults.heal();
  await world.arrive([...first, ...second, ...(await world.take(tab))]);
}

/** Leaves the site no room in a database, down to the last bytes. */
async function fillDatabase() {
  const open = () =>
    new Promise((/** @type {(database: IDBDatabase | undefined) => void} */ resolve) => {
      const request = indexedDB.open("host");
      request.onupgradeneeded = () =>
        request.result.createObjectStore("all", { autoIncrement: true });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
    });
  let database = await open();
  for (let size = 1 << 18, puts = 0; database && size >= 1 && puts < 1_000; puts += 1) {
    const fits = await new Promise((resolve) => {
      const transaction = /** @type {IDBDatabase} */ (database).transaction("all", "readwrite");
      // At random, so that it can't be kept in fewer bytes.
      const filling = new Uint8Array(size).map(() => Math.random() * 256);
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => resolve(false);
      transaction.objectStore("all").put(filling);
    }).catch(() => undefined);
    if (!fits) size = Math.floor(size / 2);
    // Firefox closes a database that it finds no room for, which may have room for less.
    if (fits === undefined) database = await open();
  }
  database?.close();
}

/** @type {Scenario[]} */
export const STORAGE = [
  {
    name: "where storage is blocked events are kept in memory, and that is said once",
    async run(world) {
      const tab = await world.browser.open(world.page("?blocked"));
      await goOnInMemory(world, tab);
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
    name: "where localStorage is full events survive a reload all the same",
    async run(world) {
      const tab = await world.visit("?full");
      world.faults.plan(({ path }) =>
        path === "/v1/batch" ? { do: "drop", when: "before" } : undefined,
      );
      const ids = await world.take(tab);
      await world.request(({ done }) => done);
      await tab.reload();
      world.faults.heal();
      await world.arrive(ids);
    },
  },
  {
    name: "where all storage is full events are kept in memory, and that is said once",
    lacks: { webkit: "it can't be told how much a site may store" },
    browser: { quota: QUOTA },
    async run(world) {
      const tab = await world.browser.open(world.away());
      await tab.limitStorage(QUOTA);
      await tab.run(fillDatabase);
      await tab.go(world.page("?full"));
      await goOnInMemory(world, tab);
    },
  },
];
