/** What is made of many measurements. */

/**
 * By nearest rank: the smallest value that so much of all is not above.
 *
 * @param {number[]} values
 * @param {number} share from 0 to 1
 */
export function percentile(values, share) {
  if (values.length === 0) throw new Error("nothing was measured");
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return /** @type {number} */ (sorted[rank - 1]);
}

/** @param {number[]} values */
export function median(values) {
  return percentile(values, 0.5);
}

/** @param {number[]} values */
export function mean(values) {
  if (values.length === 0) throw new Error("nothing was measured");
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The list begun somewhere else, so that over the rounds everyone is first, and last, as often.
 *
 * @template T
 * @param {T[]} list
 * @param {number} by
 */
export function rotated(list, by) {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}
