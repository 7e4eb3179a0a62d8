/**
 * What the collector owes us. Kept by the test, outside every browser that is killed.
 *
 * When is an event tracked? The page tells the test twice, by requests that it waits for: just
 * before it calls `track`, and just after the call has returned. So there are three kinds:
 *
 * - *owed*: the second was heard. The call had returned before whatever happened next, be it that
 *   the process was killed in the same moment, and the event must be counted exactly once;
 * - *in doubt*: only the first was heard, as the page died in between, and nobody can say whether the
 *   call was made, or had got anywhere; or the whole browser was killed within half a second. The event may be
 *   counted or not, but never twice;
 * - anything else must not be there at all.
 */

/**
 * When the whole browser is killed, this much of the last moments is in doubt as well, milliseconds:
 * what has left the page may still have been on its way to the process that keeps it.
 */
const ON_ITS_WAY = 500;

/** @typedef {{ begun: number, returned?: number, life: Life }} Item times are wall milliseconds */
/** @typedef {import("./life.mjs").Life} Life */

export class Ledger {
  /** @type {Map<string, Item>} */
  items = new Map();

  /** @param {string} id @param {Life} life */
  begin(id, life) {
    this.items.set(id, { begun: Date.now(), life });
  }

  /** @param {string} id */
  returned(id) {
    const item = this.items.get(id);
    if (item) item.returned = Date.now();
  }

  owed() {
    return [...this.items].filter(([, item]) => isOwed(item));
  }

  inDoubt() {
    return [...this.items].filter(([, item]) => !isOwed(item));
  }

  /**
   * Holds it against what the collector has.
   *
   * @param {Map<string, number>} counted how often each id is there
   */
  reconcile(counted) {
    const times = (/** @type {string} */ id) => counted.get(id) ?? 0;
    const owed = this.owed();
    return {
      lost: owed.filter(([id]) => times(id) === 0).map(([id, item]) => ({ id, ...describe(item) })),
      twice: [...counted].filter(([, count]) => count > 1).map(([id]) => id),
      unknown: [...counted.keys()].filter((id) => !this.items.has(id)),
      doubtful: this.inDoubt().length,
      doubtfulCounted: this.inDoubt().filter(([id]) => times(id) > 0).length,
    };
  }
}

/** @param {Item} item */
function isOwed({ returned, life }) {
  if (returned === undefined) return false;
  return life.end !== "burnt" || (life.endedAt ?? 0) - returned > ON_ITS_WAY;
}

/** @param {Item} item */
function describe({ returned, life }) {
  const { end, endedAt } = life;
  return {
    end,
    /** How long before the end of its page the call had returned, milliseconds. */
    before: endedAt === undefined || returned === undefined ? undefined : endedAt - returned,
  };
}
