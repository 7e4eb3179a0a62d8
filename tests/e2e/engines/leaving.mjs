/** A page that is hidden, left, closed, kept for the way back, or prepared before anyone looks. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "../eventually.mjs";

/** @typedef {import("./scenario.mjs").Scenario} Scenario */

/** @type {Scenario[]} */
export const LEAVING = [
  {
    name: "a page that is closed sends what it has",
    async run(world) {
      const tab = await world.visit();
      const ids = await world.take(tab);
      await tab.close();
      await world.arrive(ids);
    },
  },
  {
    name: "a page that is hidden sends what it has",
    async run(world) {
      const tab = await world.visit();
      const ids = await world.take(tab);
      await tab.hide();
      await world.arrive(ids);
    },
  },
  {
    name: "a click that leaves the page is counted",
    async run(world) {
      const tab = await world.visit();
      const ids = world.names(1);
      await tab.run(
        (ids, address) => {
          window.take(ids);
          location.href = address;
        },
        ids,
        world.away(),
      );
      await world.arrive(ids);
    },
  },
  {
    name: "what is too much for a page that is closed waits for the next one",
    async run(world) {
      const tab = await world.visit();
      const ids = world.names(90);
      // More than the 64 KiB that a browser carries for pages that are gone.
      await tab.run((ids) => {
        const padding = "x".repeat(1_000);
        for (const id of ids) window.headstart?.("track", "Step Taken", { id, padding });
      }, ids);
      await tab.close();
      await world.visit();
      await world.arrive(ids);
    },
  },
  {
    name: "a page from the back/forward cache goes on where it was",
    async run(world) {
      const tab = await world.visit();
      const before = await world.take(tab);
      await world.arrive(before);
      world.faults.plan(() => ({ do: "drop", when: "before" }));
      const unsent = await world.take(tab);
      await tab.go(world.away());
      world.faults.heal();
      await tab.back();
      await world.arrive([...before, ...unsent]);
      // A browser may always throw away what it could keep.
      for (let tries = 5; !(await tab.run(() => window.shows)).includes(true); tries -= 1) {
        assert.ok(tries > 0, "the browser keeps no page");
        await tab.go(world.away());
        await tab.back();
      }
      const after = await world.take(tab);
      await world.arrive([...before, ...unsent, ...after]);
      const reports = world.faults.sent().length;
      await tab.close();
      await world.until(() => world.faults.sent().length > reports, "what it says as it is closed");
      await world.until(() => world.faults.sent().every(({ done }) => done), "all answers");
      assert.equal((await world.rows("SELECT * FROM sessions")).length, 1);
    },
  },
  {
    name: "a prerendered page starts nothing until it is shown",
    lacks: {
      firefox: "it has no prerendering",
      webkit: "it has no prerendering",
    },
    async run(world) {
      const tab = await world.browser.open(world.away("?prerender=/"));
      const prepared = () => world.host.requests.filter((path) => path === "/").length;
      await world.until(() => prepared() === 1, "that the page is prerendered");
      await sleep(3_000);
      assert.deepEqual(world.faults.log, []);
      assert.deepEqual(await world.rows("SELECT * FROM visits"), []);

      await tab.run(() => document.querySelector("a")?.click());
      const [shown] = await eventually(
        () => world.browser.others([tab]),
        ({ length }) => length === 1,
        { what: "the page in the tab's place" },
      );
      assert.ok(shown);
      await world.ready(shown);
      assert.equal(prepared(), 1, "it was shown, not loaded anew");
      await world.arrive(await world.take(shown));
      assert.equal((await world.rows("SELECT * FROM visits")).length, 1);
      const started = "SELECT * FROM events WHERE name = 'Session Started'";
      assert.equal((await world.rows(started)).length, 1);
    },
  },
];
