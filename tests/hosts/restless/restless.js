/**
 * What the applications in React, Vue and Svelte have in common: how often they draw everything anew,
 * and the orders that they sort all the time.
 */

/** So often they draw anew, milliseconds. */
export const BEAT = 150;

/** So long the second page takes to load, milliseconds. */
export const LOADS = 400;

/** @type {readonly string[]} */
const NAMES = ["Ada", "Basil", "Cleo", "Dora", "Edgar", "Flora"];

/** The orders' customers, in another order at every beat. @param {number} beat */
export function orders(beat) {
  const turn = beat % NAMES.length;
  const turned = [...NAMES.slice(turn), ...NAMES.slice(0, turn)];
  return beat % 2 ? turned.reverse() : turned;
}
