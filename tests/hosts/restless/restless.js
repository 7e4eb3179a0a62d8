/**
 * What the applications in React, Vue and Svelte have in common: how often they draw everything anew,
 * and the orders that they sort all the time.
 */

/** So often they draw anew, milliseconds. */
const BEAT = 150;

/**
 * Calls it at every beat, but not while `window.still` is set: a test has the page stand still to measure
 * where things are.
 *
 * @param {() => void} draw
 */
export function beats(draw) {
  const timer = setInterval(() => window.still || draw(), BEAT);
  return () => clearInterval(timer);
}

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
