/// <reference path="./bench.d.ts" />
/** What a host's code does with the library on its page, and how long it had to wait for it. */

/**
 * An event of a size that is common: five properties. They differ from one event to the next, as what
 * is alike in all of them would compress better than events do.
 *
 * @param {string} run
 * @param {number} index
 */
const properties = (run, index) => ({
  invoice_id: `${run}-${index}`,
  // 7919 is prime to 100,000, so no two of the events have the same.
  amount: (((index + 1) * 7919) % 100_000) / 100,
  currency: ["EUR", "USD", "GBP"][index % 3],
  line_items: 1 + (index % 7),
  first: index === 0,
});

const nothing = () => {};

/**
 * Tells the benchmark how this page reports an event.
 *
 * @param {Window["bench"]["track"]} track
 */
export function offer(track) {
  /**
   * @param {BenchTimes} times
   * @param {BenchRun} run
   */
  const call = (times, { run, idle = false }) => {
    const given = properties(run, times.calls.length);
    const report = idle ? nothing : track;
    if (window.storageCount) times.storage.push(window.storageCount());
    const before = performance.now();
    report("Invoice Created", given);
    times.calls.push(performance.now() - before);
  };

  window.bench = {
    track,

    /** All at once, as when a list is imported. */
    burst(run) {
      /** @type {BenchTimes} */
      const times = { calls: [], whole: 0, storage: [] };
      const before = performance.now();
      while (times.calls.length < run.count) call(times, run);
      times.whole = performance.now() - before;
      return times;
    },

    /** One after the other, each when the page has nothing else to do. */
    stream(run) {
      /** @type {BenchTimes} */
      const times = { calls: [], whole: 0, storage: [] };
      const before = performance.now();
      return new Promise((done) => {
        const next = () => {
          call(times, run);
          if (times.calls.length < run.count) setTimeout(requestIdleCallback, run.gap, next);
          else {
            times.whole = performance.now() - before;
            done(times);
          }
        };
        requestIdleCallback(next);
      });
    },
  };
}
