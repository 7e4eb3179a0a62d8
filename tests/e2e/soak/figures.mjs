/** What a soak has found, in numbers. */
import { rows } from "../database.mjs";

/** What a page that ends with its process may cost of engaged time, milliseconds. */
const LOST_BY_A_KILL = 15_000;
/** What the page and the test, which looks from outside, may differ by for each page, milliseconds. */
const SLACK = 1_000;

/** @typedef {import("./user.mjs").User} User */
/** @typedef {Awaited<ReturnType<typeof import("../soak.mjs").soak>>} Result */

/**
 * For how long each user looked, and for how long the collector thinks they did.
 *
 * @param {import("../collector.mjs").Collector} collector
 * @param {User[]} users
 */
export async function attention(collector, users) {
  const found = await rows(
    collector,
    `SELECT p.key AS user, sum(s.engaged_ms) AS engaged FROM sessions s
     JOIN people p ON p.id = s.person GROUP BY 1`,
  );
  const engaged = new Map(found.map(({ user, engaged }) => [user, engaged]));
  return users.map(({ name, lives }) => {
    return {
      user: name,
      counted: /** @type {number} */ (engaged.get(name) ?? 0),
      ...allowance(lives),
    };
  });
}

/**
 * For how long a user looked, at least and at most, and what may have been counted of it.
 *
 * @param {import("./life.mjs").Life[]} lives of the user's pages
 */
export function allowance(lives) {
  const sum = (/** @type {(life: import("./life.mjs").Life) => number} */ of) =>
    lives.reduce((total, life) => total + of(life), 0);
  const mayLack = (/** @type {import("./life.mjs").Life} */ { end, least }) =>
    Math.min(least, SLACK + (end === "left" ? 0 : LOST_BY_A_KILL));
  return {
    least: sum(({ least }) => least),
    most: sum(({ most }) => most),
    allowedLeast: sum((life) => life.least - mayLack(life)),
    allowedMost: sum(({ most }) => most + SLACK),
  };
}

/**
 * Which requests carried what is lost, and what became of them.
 *
 * @param {User[]} users
 * @param {string} id
 */
export function story(users, id) {
  return users
    .flatMap(({ faults }) => faults.sent())
    .filter(({ messages }) => messages.some((message) => message.properties?.["id"] === id))
    .map(({ fault, status, forwarded }) => `${fault.do ?? "pass"} ${status}/${forwarded}`)
    .join(", ");
}

/** @param {User[]} users */
export function faultsDone(users) {
  const log = users.flatMap(({ faults }) => faults.sent());
  /** @type {Record<string, number>} */
  const kinds = {};
  /** @type {Map<string, number>} */
  const received = new Map();
  for (const { fault, messages, forwarded } of log) {
    const kind = fault.do === "answer" ? `answer ${fault.status}` : (fault.do ?? "pass");
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    for (const { messageId } of messages) {
      received.set(messageId, (received.get(messageId) ?? 0) + forwarded);
    }
  }
  return {
    requests: log.length,
    kinds,
    again: [...received.values()].filter((times) => times > 1).length,
  };
}

/** @param {Result} result @returns {{ text: string, failures: string[] }} */
export function summary(result) {
  const { options, lost, twice, unknown, kinds, kills } = result;
  const seconds = (/** @type {number} */ ms) => `${(ms / 1_000).toFixed(1)} s`;
  const failures = [];
  if (result.owed === 0) failures.push("nothing was tracked");
  if (lost.length > 0) failures.push(`${lost.length} events are lost`);
  if (twice.length > 0) failures.push(`${twice.length} events were counted twice`);
  if (unknown.length > 0) failures.push(`${unknown.length} events nobody tracked`);
  const lines = [
    `soak of ${options.users} users in ${options.tabs} tabs each for ${options.seconds} s, seed ${options.seed}`,
    `  pages ${result.lives}, tabs killed ${kills.tabs}, browser killed ${kills.browsers}`,
    `  requests ${result.requests}: ${Object.entries(kinds)
      .sort(([, one], [, other]) => other - one)
      .map(([kind, times]) => `${kind} ${times}`)
      .join(", ")}`,
    `  events owed ${result.owed}, lost ${lost.length}, counted twice ${twice.length}; received more than once ${result.again}`,
    `  events in doubt ${result.doubtful}, of which counted ${result.doubtfulCounted}`,
  ];
  for (const { user, counted, least, most, allowedLeast, allowedMost } of result.attention) {
    lines.push(
      `  ${user} looked for ${seconds(least)} to ${seconds(most)}, counted ${seconds(counted)}`,
    );
    if (counted < allowedLeast || counted > allowedMost) {
      failures.push(
        `${user}: ${seconds(counted)} engaged, where ${seconds(allowedLeast)} to ${seconds(allowedMost)} are allowed`,
      );
    }
  }
  for (const { id, end, before } of lost.slice(0, 20)) {
    const sent = result.stories.get(id) || "never sent";
    lines.push(`  lost: ${id}, whose page was ${end} ${before} ms after the call; ${sent}`);
  }
  lines.push(
    failures.length === 0
      ? "  nothing was lost, nothing was counted twice"
      : `  FAILED: ${failures.join("; ")}`,
  );
  return { text: lines.join("\n"), failures };
}
