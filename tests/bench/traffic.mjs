/** What reporting events puts on the wire. */

/**
 * @typedef {object} Traffic of the requests that carried the run's events
 * @property {number} events
 * @property {number} requests
 * @property {number} head bytes of request lines and headers
 * @property {number} body bytes as sent
 * @property {number} unpacked bytes of the bodies before they were compressed
 * @property {number} others requests to the collector meanwhile that carried none of the events
 */

/**
 * Reports so many events at once and counts until all have arrived.
 *
 * @param {import("./lab.mjs").Stand} stand
 * @param {number} events
 * @returns {Promise<Traffic>}
 */
export async function measureTraffic(stand, events) {
  const from = stand.wire.counts.length;
  const { run } = await stand.burst(events);
  await stand.arrived(run);
  await stand.quiet();
  const counts = stand.wire.counts.slice(from);
  const carriers = counts.filter(({ invoices }) => invoices.length > 0);
  const sum = (/** @type {"head" | "body" | "unpacked"} */ part) =>
    carriers.reduce((bytes, count) => bytes + count[part], 0);
  return {
    events,
    requests: carriers.length,
    head: sum("head"),
    body: sum("body"),
    unpacked: sum("unpacked"),
    others: counts.length - carriers.length,
  };
}
