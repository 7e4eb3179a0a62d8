/** Events survive whatever happens to the page, the browser or the network. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { stepOf } from "./world.mjs";

/** @typedef {import("./scenario.mjs").Scenario} Scenario */

const DAY = 24 * 60 * 60 * 1_000;

/** Events are lost on the way; content comes. @type {import("../faults.mjs").Plan} */
const EVENTS_LOST = ({ path }) =>
  path === "/v1/batch" ? { do: "drop", when: "before" } : undefined;

/** By then a message is with the operating system, on a busy machine too, milliseconds. */
const KEPT = 500;

/** @type {Scenario[]} */
export const SURVIVAL = [
  {
    name: "events survive a reload",
    async run(world) {
      const tab = await world.visit();
      world.faults.plan(EVENTS_LOST);
      const ids = await world.take(tab);
      await tab.reload();
      world.faults.heal();
      await world.arrive(ids);
    },
  },
  {
    name: "events survive a crash of the page's process",
    kills: true,
    async run(world) {
      const tab = await world.visit();
      await world.arrive(await world.take(tab, 1));
      world.faults.plan(EVENTS_LOST);
      const ids = await world.take(tab);
      // Chromium has it in the hands of another process when `track` returns, the others a moment later.
      if (world.engine !== "chromium") await sleep(KEPT);
      await tab.crash();
      if (world.engine === "webkit") {
        // Nobody can open another page then: the user closes the browser.
        await world.browser.kill();
        await world.browser.start();
      }
      world.faults.heal();
      await world.visit();
      await world.arrive(ids);
    },
  },
  {
    name: "events survive the browser being killed",
    kills: true,
    async run(world) {
      const tab = await world.visit();
      // The page is in use: its database is open.
      await world.arrive(await world.take(tab, 1));
      world.faults.plan(EVENTS_LOST);
      const ids = await world.take(tab);
      await sleep(KEPT);
      await world.browser.kill();
      world.faults.heal();
      await world.browser.start();
      await world.visit();
      await world.arrive(ids);
    },
  },
  {
    name: "events of days offline arrive with their own times",
    async run(world) {
      const tab = await world.visit();
      world.faults.plan(EVENTS_LOST);
      /** @type {Map<string, number>} */
      const when = new Map();
      for (const days of [9, 5, 1]) {
        await tab.go(world.page(`?clock=${-days * DAY}`));
        await world.ready(tab);
        for (const id of await world.take(tab)) when.set(id, Date.now() - days * DAY);
        await world.request(({ messages }) => messages.some((one) => when.has(stepOf(one) ?? "")));
      }
      // What a page says as it is left, by the wrong clock that it has, gets lost as well.
      await tab.go(world.away());
      await sleep(KEPT);
      world.faults.heal();
      await tab.go(world.page());
      await world.arrive([...when.keys()]);
      for (const { id, at } of await world.stored()) {
        const off = Math.abs(at - (when.get(id) ?? 0));
        assert.ok(off < 60_000, `${id} is ${off} ms from when it happened`);
      }
    },
  },
  {
    name: "an event that never reaches the collector does not hold up the next",
    async run(world) {
      const tab = await world.visit();
      const [lost = ""] = world.names(1);
      world.faults.plan(({ messages }) =>
        messages.some((message) => stepOf(message) === lost)
          ? { do: "drop", when: "before" }
          : undefined,
      );
      await tab.run((id) => window.take([id]), lost);
      await world.request(
        ({ messages, done }) => messages.some((one) => stepOf(one) === lost) && done,
      );
      world.faults.heal();
      await world.arrive([lost, ...(await world.take(tab))]);
    },
  },
];
