/** Events survive whatever happens to the page, the browser or the network. */
import assert from "node:assert/strict";
import { stepOf } from "./world.mjs";

/** @typedef {import("./scenario.mjs").Scenario} Scenario */

const DAY = 24 * 60 * 60 * 1_000;

/** Events are lost on the way; content comes. @type {import("../faults.mjs").Plan} */
const EVENTS_LOST = ({ path }) =>
  path === "/v1/batch" ? { do: "drop", when: "before" } : undefined;

/** Whether it is more than a while from now. @param {unknown} time in ISO 8601 */
const isOff = (time) => Math.abs(Date.parse(String(time)) - Date.now()) > DAY / 2;

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
      if (world.engine !== "chromium") await world.written(tab, ids);
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
      await world.written(tab, ids);
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
      // What a page says as it is left, by the wrong clock that it has, gets lost as well.
      world.faults.plan((entry) => (isOff(entry.sentAt) ? EVENTS_LOST(entry) : undefined));
      /** @type {Map<string, number>} */
      const when = new Map();
      for (const days of [9, 5, 1]) {
        await tab.go(world.page(`?clock=${-days * DAY}`));
        await world.ready(tab);
        for (const id of await world.take(tab)) when.set(id, Date.now() - days * DAY);
        await world.request(({ messages }) => messages.some((one) => when.has(stepOf(one) ?? "")));
      }
      await tab.go(world.page());
      await world.arrive([...when.keys()]);
      for (const { id, at } of await world.stored()) {
        const off = Math.abs(at - (when.get(id) ?? 0));
        assert.ok(off < 60_000, `${id} is ${off} ms from when it happened`);
      }
    },
  },
  {
    name: "events tracked before the widget is there survive the page being left",
    async run(world) {
      // The widget never comes: the collector is still looking what there is for this user.
      world.faults.plan(({ path }) => (path === "/v1/boot" ? { do: "hold" } : undefined));
      const tab = await world.browser.open(world.page());
      const ids = await world.take(tab);
      await tab.go(world.away());
      world.faults.heal();
      await tab.go(world.page());
      await world.arrive(ids);
    },
  },
  {
    name: "events of a page whose widget could not be loaded reach the collector from the next one",
    async run(world) {
      world.faults.plan(({ path }) =>
        path === "/v1/boot" ? { do: "drop", when: "before" } : undefined,
      );
      const tab = await world.browser.open(world.page("?user=user-1"));
      const ids = await world.take(tab);
      await world.until(
        () => world.faults.log.some(({ path, done }) => path === "/v1/boot" && done),
        "a boot that fails",
      );
      world.faults.heal();
      // This one tracks nothing, and somebody else is signed in there.
      await tab.go(world.page("?user=user-2"));
      await world.arrive(ids);
      for (const { user_id } of await world.stored()) assert.equal(user_id, "user-1");
    },
  },
  {
    name: "events of a page that waits for its widget are counted once, though another tab sends them too",
    async run(world) {
      world.faults.plan(({ path }) =>
        path === "/v1/boot" ? { do: "drop", when: "before" } : undefined,
      );
      const first = await world.browser.open(world.page());
      const ids = await world.take(first);
      await world.until(
        () => world.faults.log.some(({ path, done }) => path === "/v1/boot" && done),
        "a boot that fails",
      );
      world.faults.heal();
      await world.visit();
      await world.arrive(ids);
      await first.front();
      await world.ready(first);
      const later = await world.take(first);
      await world.arrive([...ids, ...later]);
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
