/** Faults drawn from a seed, so that a run that went wrong can be run again. */

/** @typedef {import("../faults.mjs").Entry} Entry */
/** @typedef {import("../faults.mjs").Fault} Fault */
/** @typedef {import("../faults.mjs").Plan} Plan */

/**
 * Numbers from 0 to 1, the same for the same seed. Source: Mulberry32, Tommy Ettinger, 2017.
 *
 * @param {number} seed
 * @returns {() => number}
 */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** One of the list. @template T @param {() => number} random @param {T[]} list @returns {T} */
export function pick(random, list) {
  return /** @type {T} */ (list[Math.floor(random() * list.length)]);
}

/** How often each comes, in shares of all requests that go wrong. @type {[number, (request: Entry) => Fault][]} */
const MIX = [
  [4, () => ({ do: "drop", when: "before" })],
  [4, () => ({ do: "drop", when: "after" })],
  [2, () => ({ do: "truncate" })],
  [2, () => ({ do: "half" })],
  [2, () => ({ do: "twice" })],
  [3, () => ({ do: "answer", status: 503 })],
  [1, () => ({ do: "answer", status: 500 })],
  [1, () => ({ do: "answer", status: 502, cors: false })],
  [1, () => ({ do: "answer", status: 408 })],
  [1, () => ({ do: "answer", status: 425 })],
  [2, () => ({ do: "answer", status: 429, headers: { "retry-after": "1" } })],
  [
    1,
    () => ({
      do: "answer",
      status: 503,
      headers: { "retry-after": new Date(Date.now() + 1_000).toUTCString() },
    }),
  ],
  // Of a single message it would be the last word.
  [1, ({ messages }) => (messages.length > 1 ? { do: "answer", status: 413 } : {})],
];

/**
 * @param {() => number} random
 * @param {{ share?: number, slowest?: number }} [options] `share` of the requests that go wrong;
 *   every request is delayed by up to `slowest` milliseconds
 * @returns {Plan}
 */
export function randomFaults(random, { share = 0.4, slowest = 300 } = {}) {
  const bag = MIX.flatMap(([times, make]) => Array.from({ length: times }, () => make));
  return (request) => {
    const delay = Math.floor(random() * slowest);
    // Drawn in any case, so that what comes after does not depend on what came before.
    const goesWrong = random() < share;
    const fault = pick(random, bag)(request);
    return goesWrong ? { ...fault, delay } : { delay };
  };
}
