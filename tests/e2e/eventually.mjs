import assert from "node:assert/strict";

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
export async function eventually(look, good, { within = 10_000, what = "it", more } = {}) {
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
