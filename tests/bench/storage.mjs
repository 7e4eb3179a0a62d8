/** What reporting events writes to the browser's storage. */
import { median } from "./numbers.mjs";

/** So many events, */
export const EVENTS = 40;
/** so far apart, milliseconds: a user at work, not an import. */
export const GAP = 300;

/**
 * @typedef {object} Writes
 * @property {number} median how many writes there were between one event and the next
 * @property {StorageCount} each of all writes and removals, until every event had arrived, the share
 *   of one event
 */

/**
 * Reports events one after the other, on a page whose writes are counted.
 *
 * @param {import("./lab.mjs").Stand} stand
 * @param {{ events?: number, gap?: number }} [options]
 * @returns {Promise<Writes>}
 */
export async function measureStorage(stand, { events = EVENTS, gap = GAP } = {}) {
  const { storage, run } = await stand.stream(events, gap);
  await stand.arrived(run);
  await stand.quiet();
  const [before] = storage;
  const after = await stand.page.evaluate(() => window.storageCount?.());
  if (!before || !after) throw new Error("the page's writes are not counted");

  const totals = storage.map(writes);
  const between = totals.slice(1).map((total, index) => total - (totals[index] ?? 0));
  const each = { ...after };
  for (const part of /** @type {(keyof StorageCount)[]} */ (Object.keys(each))) {
    each[part] = (after[part] - before[part]) / events;
  }
  return { median: median(between), each };
}

/** What was put somewhere. @param {StorageCount} count */
export function writes({ local, session, indexed, cookie }) {
  return local + session + indexed + cookie;
}
