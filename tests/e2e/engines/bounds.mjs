/** More than there is room or time for: it is dropped, but never in silence. */
import assert from "node:assert/strict";
import { eventually } from "../eventually.mjs";

/** @typedef {import("./scenario.mjs").Scenario} Scenario */
/** @typedef {import("./world.mjs").World} World */

/**
 * What is there and what was reported as dropped make up the whole.
 *
 * @param {World} world
 * @param {string} names what the names of the events begin with
 * @param {number} total of the events
 * @param {string} reason for which all of it was dropped
 */
async function addUp(world, names, total, reason) {
  const reported = (/** @type {string} */ path) =>
    `(SELECT coalesce(sum(json_extract(properties, '$.${path}')), 0) FROM events
      WHERE name = 'Events Dropped')`;
  const count = async () => {
    const [row] = await world.rows(
      `SELECT
         (SELECT count(*) FROM events WHERE json_extract(properties, '$.id') LIKE '${names}%') AS kept,
         ${reported("kinds.track")} AS dropped,
         ${reported("count")} AS reported,
         ${reported(`reasons.${reason}`)} AS reasoned`,
    );
    return /** @type {Record<"kept" | "dropped" | "reported" | "reasoned", number>} */ (row);
  };
  const {
    kept,
    dropped,
    reported: all,
    reasoned,
  } = await eventually(count, ({ kept, dropped }) => kept + dropped >= total, {
    what: `that ${total} events are accounted for`,
    more: () => world.diary(),
  });
  const counted = kept + dropped;
  assert.equal(counted, total, `${total} events became ${kept} kept and ${dropped} dropped`);
  assert.ok(kept > 0 && dropped > 0, `${kept} kept and ${dropped} dropped`);
  assert.equal(reasoned, all);
}

/** @type {Scenario[]} */
export const BOUNDS = [
  {
    name: "a loop that tracks 10,000 times does not freeze the page, and what is dropped is counted",
    async run(world) {
      const tab = await world.visit();
      const total = 10_000;
      const { usual, mostly } = await tab.run(
        (total) =>
          new Promise(
            (/** @type {(found: { usual: number, mostly: number }) => void} */ resolve) => {
              /** @type {number[]} */
              const times = [];
              let turn = 0;
              const timer = setInterval(() => {
                const began = performance.now();
                window.take(Array.from({ length: 100 }, () => `loop-${(turn += 1)}`));
                times.push(performance.now() - began);
                if (turn < total) return;
                clearInterval(timer);
                times.sort((one, other) => one - other);
                const nth = (/** @type {number} */ part) =>
                  times[Math.floor(times.length * part)] ?? 0;
                resolve({ usual: nth(0.5), mostly: nth(0.9) });
              }, 10);
            },
          ),
        total,
      );
      // A hundred calls at a time: so long the page could do nothing else. They take about one
      // millisecond; now and then a busy machine lets any page wait.
      assert.ok(usual < 20, `a hundred calls took ${usual} ms as a rule`);
      assert.ok(mostly < 200, `a hundred calls took ${mostly} ms one time in ten`);
      await addUp(world, "loop-", total, "rate");
    },
  },
  {
    name: "over 4 MB the oldest make way, and are counted",
    async run(world) {
      const tab = await world.visit();
      // What the widget itself has to tell is out of the way.
      await eventually(
        () => world.rows("SELECT * FROM events WHERE name = 'Checklist Shown'"),
        ({ length }) => length === 1,
        { what: "the checklist's own event" },
      );
      world.faults.plan(() => ({ do: "drop", when: "before" }));
      const total = 150;
      // Slowly enough not to be taken for a loop that has gone wild.
      await tab.run(
        (total) =>
          new Promise((resolve) => {
            const padding = "x".repeat(30_000);
            let turn = 0;
            const timer = setInterval(() => {
              window.headstart?.("track", "Step Taken", { id: `large-${(turn += 1)}`, padding });
              if (turn < total) return;
              clearInterval(timer);
              resolve(undefined);
            }, 20);
          }),
        total,
      );
      world.faults.heal();
      await tab.reload();
      await world.ready(tab);
      await addUp(world, "large-", total, "full");
      const stored = (await world.stored())
        .filter(({ id }) => id.startsWith("large-"))
        .map(({ id }) => Number(id.replace("large-", "")));
      const first = Math.min(...stored);
      const rest = Array.from({ length: total - first + 1 }, (_, place) => first + place);
      assert.deepEqual(
        stored.sort((one, other) => one - other),
        rest,
        "the oldest are gone",
      );
    },
  },
];
