/** Sessions and engaged time, as the collector has them after what happens to tabs. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "../eventually.mjs";

/** @typedef {import("./scenario.mjs").Scenario} Scenario */
/** @typedef {import("./tab.mjs").Tab} Tab */
/** @typedef {import("./world.mjs").World} World */

/** What the page may count more or less than the test, which looks from outside, milliseconds. */
const SLACK = 1_500;

/** @param {World} world @returns {Promise<number>} milliseconds of all sessions together */
async function engaged(world) {
  const [row] = await world.rows("SELECT coalesce(sum(engaged_ms), 0) AS engaged FROM sessions");
  return row?.["engaged"];
}

/**
 * Looks at a page, and waits until the page knows. In WebKitGTK either of two windows may have the focus,
 * as nobody manages them.
 *
 * @param {Tab} tab
 * @returns {Promise<number>} since when it knows at the latest, milliseconds
 */
async function attend(tab) {
  await tab.look();
  const any = tab.browser.engine.name === "webkit";
  const isInFront = (/** @type {boolean} */ any) =>
    (any || document.hasFocus()) && !document.hidden;
  await eventually(() => tab.run(isInFront, any), Boolean, {
    what: "the page in front",
  });
  return performance.now();
}

/**
 * @param {World} world
 * @param {number} least milliseconds
 * @param {() => number} most milliseconds, by then
 */
async function holdsEngaged(world, least, most) {
  await eventually(
    () => engaged(world),
    (found) => found >= least,
    { what: `engaged time of ${Math.round(least)} ms at least`, more: () => world.diary() },
  );
  // What comes late must not make it too much.
  await sleep(1_500);
  const found = await engaged(world);
  assert.ok(found <= most(), `${found} ms were counted, where ${Math.round(most())} were the most`);
}

/** @type {Scenario[]} */
export const SESSIONS = [
  {
    name: "a tab that is killed loses at most 15 s of engaged time",
    kills: true,
    async run(world) {
      const opened = performance.now();
      const tab = await world.visit();
      await tab.look();
      const ready = performance.now();
      await sleep(27_000);
      const looked = performance.now() - ready;
      await tab.crash();
      if (world.engine === "webkit") {
        await world.browser.kill();
        await world.browser.start();
      }
      // To send what is left. It is looked at, too, as long as this takes.
      const next = await world.browser.open(world.page());
      await world.ready(next);
      const least = looked - 15_000 - SLACK;
      await holdsEngaged(world, least, () => performance.now() - opened + SLACK);
      assert.equal((await world.rows("SELECT * FROM sessions")).length, 1);
    },
  },
  {
    name: "a hidden tab adds nothing",
    async run(world) {
      const opened = performance.now();
      const tab = await world.visit();
      const ready = await attend(tab);
      await sleep(3_000);
      const least = performance.now() - ready;
      await tab.hide();
      const most = performance.now() - opened;
      await sleep(8_000);
      const shown = performance.now();
      await tab.show();
      await tab.close();
      const again = performance.now() - shown;
      await holdsEngaged(world, least - SLACK, () => most + again + SLACK);
    },
  },
  {
    name: "two tabs side by side count wall time once",
    async run(world) {
      const opened = performance.now();
      let least = 0;
      const attendFor = async (/** @type {Tab} */ tab) => {
        const began = await attend(tab);
        await sleep(2_500);
        // Until another page is there nobody may count it.
        least += performance.now() - began;
      };
      const first = await world.visit();
      await attendFor(first);
      const second = await world.visit();
      await attendFor(second);
      await first.front();
      await attendFor(first);
      await first.close();
      await second.close();
      const most = performance.now() - opened;
      await holdsEngaged(world, least - SLACK, () => most + SLACK);
      assert.equal((await world.rows("SELECT * FROM sessions")).length, 1);
    },
  },
  {
    name: "reset and sign-in switch the person without mixing sessions",
    async run(world) {
      const tab = await world.visit();
      await tab.look();
      /** @param {string} user */
      const signIn = (user) => tab.run((user) => void window.headstart?.("identify", user), user);
      await signIn("user-a");
      const ofA = await world.take(tab, 2);
      await sleep(1_200);
      await tab.run(() => void window.headstart?.("reset"));
      await tab.look();
      const between = await world.take(tab, 2);
      await signIn("user-b");
      const ofB = await world.take(tab, 2);
      // Without a sign-out in between.
      await signIn("user-c");
      const ofC = await world.take(tab, 2);
      await tab.look();
      await world.arrive([...ofA, ...between, ...ofB, ...ofC]);
      await tab.close();

      const whose = await world.rows(
        `SELECT json_extract(e.properties, '$.id') AS id, p.key AS who FROM events e
         JOIN people p ON p.id = e.person WHERE e.name = 'Step Taken'`,
      );
      const of = (/** @type {string} */ user) =>
        whose.filter(({ who }) => who === user).map(({ id }) => id);
      assert.deepEqual(of("user-a").sort(), ofA.sort());
      // Who was not signed in was the one who then signed in.
      assert.deepEqual(of("user-b").sort(), [...between, ...ofB].sort());
      assert.deepEqual(of("user-c").sort(), ofC.sort());

      await eventually(
        () =>
          world.rows(
            `SELECT DISTINCT p.key AS who FROM sessions s JOIN people p ON p.id = s.person
             ORDER BY p.key`,
          ),
        (people) => people.map(({ who }) => who).join() === "user-a,user-b,user-c",
        { what: "sessions of each of them, and of nobody else" },
      );
      const mixed = await world.rows(
        `SELECT json_extract(properties, '$.session_id') AS session FROM events
         WHERE name LIKE 'Session %' GROUP BY 1 HAVING count(DISTINCT person) > 1`,
      );
      assert.deepEqual(mixed, []);
    },
  },
  {
    name: "anonymous history joins the person at identify, once",
    async run(world) {
      const tab = await world.visit();
      await tab.look();
      const before = await world.take(tab);
      await world.arrive(before);
      const signIn = () =>
        tab.run(() => void window.headstart?.("identify", "user-a", { plan: "free" }));
      await signIn();
      const after = await world.take(tab);
      await tab.reload();
      await world.ready(tab);
      await signIn();
      const again = await world.take(tab);
      await world.arrive([...before, ...after, ...again]);
      await eventually(
        () => world.rows("SELECT DISTINCT p.key FROM sessions s JOIN people p ON p.id = s.person"),
        (people) => people.length === 1 && people[0]?.["key"] === "user-a",
        { what: "the session of the person" },
      );
      const people = await world.rows("SELECT id, is_user, key, joined FROM people ORDER BY id");
      const user = people.find(({ is_user }) => is_user === 1);
      assert.equal(user?.["key"], "user-a");
      assert.deepEqual(people.map(({ is_user, joined }) => [is_user, joined]).sort(), [
        [0, user?.["id"]],
        [1, null],
      ]);
      const owners = await world.rows("SELECT DISTINCT person FROM events");
      assert.deepEqual(owners, [{ person: user?.["id"] }]);
    },
  },
];
