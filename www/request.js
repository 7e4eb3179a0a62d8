/**
 * Requests to the collector: of one kind, that browsers send without asking for leave first.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import {
  after,
  apply,
  attempt,
  beacon,
  cancel,
  fetch,
  fetchLater,
  promise,
  take,
} from "./borrowed.js";

/** After so long without an answer there is none, milliseconds. */
const PATIENCE = 30000;

/** @param {unknown} body a text goes as text/plain, for which no leave is asked (no CORS preflight) */
const options = (body) => ({
  method: "POST",
  credentials: "omit",
  // The address may have in its query what is nobody's business.
  referrerPolicy: "origin",
  body,
});

/**
 * Sends JSON to an address, as text or packed. It is on its way when this returns.
 *
 * What comes back is taken apart with care: hosts bring their own `fetch`, whose answers are not the browser's.
 *
 * @param {string} url
 * @param {unknown} body
 * @param {boolean} keepalive whether it outlives the page
 */
const post = (url, body, keepalive) => {
  const answer = /** @type {Record<string, unknown>} */ ({});
  const [answered, give] = promise();
  const abort = attempt(() => new AbortController());
  /** Ends it before its time; then there is no answer. */
  const stop = () => {
    attempt(() => abort?.abort());
    give(answer);
  };
  const timer = after(stop, PATIENCE);
  (async () => {
    try {
      const more = { keepalive, signal: abort?.signal };
      const response = await apply(fetch, globalThis, [url, { ...options(body), ...more }]);
      answer.status = attempt(() => response.status);
      answer.retryAfter = attempt(() => response.headers.get("Retry-After"));
      answer.body = await response.json();
    } catch (_) {
      // There was none, or it is no JSON.
    }
    cancel(timer);
    give(answer);
  })();
  return { answered, stop };
};

/**
 * Hands JSON to the browser, to be sent whatever becomes of the page; or `later`, when it is gone. Says whether the
 * browser took it; nobody ever says whether it arrived. Source: Fetch standard, "Deferred fetching".
 *
 * @param {string} url
 * @param {string} body
 * @param {boolean} later
 */
const handOver = (url, body, later) =>
  !!attempt(() =>
    later
      ? apply(fetchLater, globalThis, [url, options(body)])
      : apply(beacon, navigator, [url, body]),
  );

/** Whether `keepalive` means anything in this browser. */
const canKeepAlive = () => !!attempt(() => "keepalive" in take(Request, "prototype"));

/** For Rust: as an object, so that the wasm imports from wasm-bindgen's glue alone. */
export const request = { post, handOver, canKeepAlive };
