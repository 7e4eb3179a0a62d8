/**
 * Soak: simulated users in a real Chromium, with random faults in the network and random kills of
 * tabs and of the browser; then what was tracked is held against what the collector has.
 *
 * `node tests/e2e/soak.mjs [--users N] [--tabs M] [--seconds S] [--seed X]`
 */
import { argv, exit } from "node:process";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { startCollector } from "./collector.mjs";
import { rows } from "./database.mjs";
import { Browser } from "./engines.mjs";
import { eventually } from "./eventually.mjs";
import { randomFaults, randomFrom } from "./faults/random.mjs";
import { CHECKLIST } from "./probe.mjs";
import { Chaos } from "./soak/chaos.mjs";
import { attention, faultsDone, story, summary } from "./soak/figures.mjs";
import { Ledger } from "./soak/ledger.mjs";
import { User } from "./soak/user.mjs";

/** How long all that waits may take to arrive once nothing is in its way, milliseconds. */
const UNTIL_SETTLED = 40_000;

/**
 * @typedef {object} Options
 * @property {number} users
 * @property {number} tabs of each user
 * @property {number} seconds of chaos; what was kept is sent after that
 * @property {number} seed
 */

/** @type {Options} */
export const SHORT = { users: 2, tabs: 2, seconds: 30, seed: 1 };

/** @param {Options} options */
export async function soak(options) {
  const random = randomFrom(options.seed);
  const ledger = new Ledger();
  const collector = await startCollector();
  /** @type {User[]} */
  const users = [];
  /** @type {Browser | undefined} */
  let browser;
  try {
    await collector.publish(CHECKLIST);
    for (let place = 1; place <= options.users; place += 1) {
      const user = await User.start(`user-${place}`, collector, ledger);
      const faults = randomFaults(randomFrom(options.seed + place));
      // Content comes, slowly at times: what it is about is that events arrive.
      user.faults.plan((entry) => {
        const fault = faults(entry);
        return entry.path === "/v1/batch" ? fault : { delay: fault?.delay ?? 0 };
      });
      users.push(user);
    }
    browser = await Browser.start("chromium");
    const chaos = new Chaos(browser, users, options.tabs, random);
    await chaos.run(options.seconds * 1_000);
    for (const user of users) user.faults.heal();
    await chaos.settle();

    const counted = async () => {
      const found = await rows(
        collector,
        `SELECT json_extract(properties, '$.id') AS id, count(*) AS times FROM events
         WHERE name = 'Step Taken' GROUP BY 1`,
      );
      return new Map(found.map(({ id, times }) => [id, times]));
    };
    // What is missing after that is what the figures are about.
    await eventually(
      async () => ledger.reconcile(await counted()).lost.length,
      (lost) => lost === 0,
      { within: UNTIL_SETTLED },
    ).catch(() => {});
    await chaos.leave();
    const reconciled = ledger.reconcile(await counted());
    return {
      options,
      ...reconciled,
      stories: new Map(reconciled.lost.map(({ id }) => [id, story(users, id)])),
      owed: ledger.owed().length,
      attention: await attention(collector, users),
      kills: chaos.kills,
      lives: users.flatMap((user) => user.lives).length,
      ...faultsDone(users),
    };
  } finally {
    await browser?.stop();
    for (const user of users) await user.close();
    await collector.stop();
  }
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) {
  const text = /** @type {const} */ ({ type: "string" });
  const { values } = parseArgs({ options: { users: text, tabs: text, seconds: text, seed: text } });
  const options = { ...SHORT, seed: Math.floor(Math.random() * 1_000_000) };
  for (const [name, value] of Object.entries(values)) {
    const number = Number(value);
    if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} must be 1 or more`);
    options[/** @type {keyof Options} */ (name)] = number;
  }
  const { text: said, failures } = summary(await soak(options));
  console.log(said);
  exit(failures.length === 0 ? 0 : 1);
}
