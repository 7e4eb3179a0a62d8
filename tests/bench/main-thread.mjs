/** What reporting an event costs the page's main thread: the call itself, and all that follows. */
import { pause } from "./lab.mjs";

/** @typedef {import("./lab.mjs").Stand} Stand */

/** As much slower as a cheap phone is than the machine of a developer. */
export const SLOWDOWN = 4;
/** At once, as when a list is imported. */
export const BURST = 50;
/** One after the other. */
export const STREAM = 120;
/** Between them, milliseconds: as fast as somebody clicks who is in a hurry, and then some. */
export const GAP = 50;

/**
 * @typedef {object} Cost of one run on one page, milliseconds
 * @property {number[]} calls how long each call of the stream took
 * @property {number} burst how long a call of the burst took, on average
 * @property {number} streamInAll what an event of the stream took of the main thread in all
 * @property {number} burstInAll and one of the burst
 */

/**
 * Slows the page down and measures there. Leaves it slow.
 *
 * @param {Stand} stand
 * @param {{ burst?: number, stream?: number }} [counts]
 * @returns {Promise<Cost>}
 */
export async function measureMainThread(stand, { burst = BURST, stream = STREAM } = {}) {
  const tools = await stand.tools();
  // In time that the thread ran: what other programs took from it is not the library's doing.
  await tools.send("Performance.enable", { timeDomain: "threadTicks" });
  await tools.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const atOnce = await aboveIdle(stand, (options) => stand.burst(burst, options));
  const inTurn = await aboveIdle(stand, (options) => stand.stream(stream, GAP, options));
  return {
    calls: inTurn.times.calls,
    burst: atOnce.times.whole / burst,
    streamInAll: inTurn.busy / stream,
    burstInAll: atOnce.busy / burst,
  };
}

/**
 * Runs it, until every event has arrived and the library is quiet, and then does the same for as long
 * without reporting anything: what the main thread did more in the first is on account of the events.
 *
 * @param {Stand} stand
 * @param {(options: { idle?: boolean }) => ReturnType<Stand["burst"]>} run
 */
async function aboveIdle(stand, run) {
  const reported = await busyDuring(stand, async () => {
    const times = await run({});
    await stand.arrived(times.run);
    await stand.quiet();
    return times;
  });
  const idle = await busyDuring(stand, async () => {
    const until = performance.now() + reported.took;
    await run({ idle: true });
    await pause(Math.max(0, until - performance.now()));
  });
  return { times: reported.result, busy: reported.busy - idle.busy };
}

/**
 * How long the page's main thread was busy meanwhile, and how long it took, milliseconds.
 *
 * @template T
 * @param {Stand} stand
 * @param {() => Promise<T>} work
 */
export async function busyDuring(stand, work) {
  const tools = await stand.tools();
  // Nobody is to pay for the garbage of somebody else.
  await tools.send("HeapProfiler.collectGarbage");
  const before = await busy(stand);
  const begun = performance.now();
  const result = await work();
  const took = performance.now() - begun;
  return { result, took, busy: (await busy(stand)) - before };
}

/** All tasks the main thread has done so far, milliseconds. @param {Stand} stand */
async function busy(stand) {
  const tools = await stand.tools();
  const { metrics } = await tools.send("Performance.getMetrics");
  const tasks = metrics.find(({ name }) => name === "TaskDuration");
  if (!tasks) throw new Error("this Chromium does not tell how long its tasks took");
  return tasks.value * 1000;
}
