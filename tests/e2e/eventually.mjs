import assert from "node:assert/strict";

/** On a busy machine everything takes its time, milliseconds; what is so is so at once. */
const PATIENCE = 60_000;

/**
 * Waits for something to become true that no locator can wait for.
 *
 * @template T
 * @param {() => T | Promise<T>} look
 * @param {(found: T) => boolean} good
 * @param {{ within?: number, what?: string, more?: () => string }} [options] `within` milliseconds;
 *   `more` to say if it fails
 * @returns {Promise<T>}
 */
export async function eventually(look, good, { within = PATIENCE, what = "it", more } = {}) {
  const end = Date.now() + within;
  for (;;) {
    const found = await look();
    if (good(found)) return found;
    if (Date.now() > end) {
      const last = JSON.stringify(found);
      assert.fail(
        `${what} did not come about within ${within} ms; last: ${last}${more ? `; ${more()}` : ""}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
