/** What Chromium's trace of a page says of its main thread, and of what was loaded. */

/**
 * @typedef {object} TraceEvent
 * @property {string} name
 * @property {string} ph
 * @property {number} pid
 * @property {number} tid
 * @property {number} ts microseconds
 * @property {number} [dur] microseconds
 * @property {{ data?: { requestId?: string, resourceType?: string, url?: string, encodedDataLength?: number } }} [args]
 *
 * @typedef {object} Busy what a main thread has done since the navigation, milliseconds
 * @property {number} busy all tasks
 * @property {number} script of them: JavaScript and WebAssembly, compiled or run
 * @property {number} layout of them: style, layout and paint
 *
 * @typedef {object} Account
 * @property {number} visible when something was seen, milliseconds after the navigation
 * @property {(moment: number) => Busy} upTo what was done until then, milliseconds after the navigation
 * @property {number} longest the longest task of the new document, milliseconds
 * @property {number} requests what the page loaded, but for its document and addresses that are their own content
 * @property {number} bytes of the answers to these, headers included
 */

/**
 * The categories that have what is read here, and no more. Each event costs time of the thread that is measured, and
 * `disabled-by-default-v8.compile` has two for each function of WebAssembly that is called.
 */
export const CATEGORIES = [
  "blink.user_timing",
  "devtools.timeline",
  "disabled-by-default-devtools.timeline",
  "v8",
  "v8.execute",
];

/** The mark that a page sets when what is waited for is on screen. */
export const MARK = "bench-visible";

/** A task, with the microtasks that end it. */
const TASK = "RunTask";
const LAYOUT = new Set([
  "UpdateLayoutTree",
  "Layout",
  "PrePaint",
  "Paint",
  "Layerize",
  "Commit",
  "HitTest",
]);
const SCRIPT = new Set([
  "EvaluateScript",
  "FunctionCall",
  "TimerFire",
  "FireAnimationFrame",
  "FireIdleCallback",
  "EventDispatch",
  "RunMicrotasks",
  "V8.GC_MARK_COMPACTOR",
  "MinorGC",
  "MajorGC",
]);
/** Whatever V8 calls itself compiling or running something. */
const isScript = (/** @type {string} */ name) => SCRIPT.has(name) || /^v8\.|^V8\./.test(name);

/**
 * @param {TraceEvent[]} events
 * @returns {Account}
 */
export function account(events) {
  const seen = events.find(({ name }) => name === MARK);
  if (!seen) throw new Error(`the trace has no mark "${MARK}"`);
  const own = events.filter(({ pid, tid }) => pid === seen.pid && tid === seen.tid);
  const begun = own.findLast(({ name, ts }) => name === "navigationStart" && ts < seen.ts);
  if (!begun) throw new Error("the trace has no navigation before the mark");
  // In the task before that the browser puts a new document in the place of the old one.
  const there =
    own.findLast(({ name, ts }) => name === "commitNavigationEnd" && ts < seen.ts)?.ts ?? 0;
  const spans = own
    .filter(({ ph, dur, ts }) => ph === "X" && (dur ?? 0) > 0 && ts >= begun.ts)
    .map(({ name, ts, dur = 0 }) => ({ name, from: ts, to: ts + dur }))
    // Whoever contains others comes before them.
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const ms = (/** @type {number} */ microseconds) => microseconds / 1000;
  const tasks = outermost(spans.filter(({ name }) => name === TASK));
  return {
    visible: ms(seen.ts - begun.ts),
    upTo: (moment) => {
      const end = begun.ts + moment * 1000;
      const busy = ms(sum(tasks.map((task) => before(task, end))));
      return { busy, ...shares(spans, end, ms) };
    },
    longest: ms(
      Math.max(0, ...tasks.filter(({ from }) => from >= there).map(({ from, to }) => to - from)),
    ),
    ...loaded(events.filter(({ pid, ts }) => pid === seen.pid && ts >= begun.ts)),
  };
}

/** @param {TraceEvent[]} events of one page */
function loaded(events) {
  const data = (/** @type {string} */ wanted) =>
    events.flatMap(({ name, args }) => (name === wanted && args?.data ? [args.data] : []));
  const asked = new Set(
    data("ResourceSendRequest")
      .filter(({ resourceType, url }) => resourceType !== "Document" && !url?.startsWith("data:"))
      .map(({ requestId }) => requestId),
  );
  const answers = data("ResourceFinish").filter(({ requestId }) => asked.has(requestId));
  return {
    requests: answers.length,
    bytes: sum(answers.map(({ encodedDataLength = 0 }) => encodedDataLength)),
  };
}

/** @typedef {{ name: string, from: number, to: number }} Span */

/** As much of a span as is before a moment. @param {Span} span @param {number} moment */
function before({ from, to }, moment) {
  return Math.max(0, Math.min(to, moment) - from);
}

/** Without those that lie in another. @param {Span[]} spans sorted */
function outermost(spans) {
  /** @type {Span[]} */
  const found = [];
  for (const span of spans) if (span.from >= (found.at(-1)?.to ?? -1)) found.push(span);
  return found;
}

/**
 * Each moment counts for the innermost span of a known kind that it is in.
 *
 * @param {Span[]} spans sorted
 * @param {number} end
 * @param {(microseconds: number) => number} ms
 */
function shares(spans, end, ms) {
  const kinds = { script: 0, layout: 0 };
  /** @type {{ kind: "script" | "layout", to: number }[]} */
  const open = [];
  let reached = 0;
  /** @param {number} moment */
  const advance = (moment) => {
    for (let inner = open.at(-1); inner; inner = open.at(-1)) {
      const until = Math.min(inner.to, moment);
      if (until > reached) kinds[inner.kind] += until - reached;
      reached = Math.max(reached, until);
      if (inner.to > moment) break;
      open.pop();
    }
    reached = Math.max(reached, moment);
  };
  for (const { name, from, to } of spans) {
    const kind = LAYOUT.has(name) ? "layout" : isScript(name) ? "script" : undefined;
    if (!kind || from >= end) continue;
    advance(from);
    open.push({ kind, to: Math.min(to, end) });
  }
  advance(end);
  return { script: ms(kinds.script), layout: ms(kinds.layout) };
}

/** @param {number[]} values */
function sum(values) {
  return values.reduce((all, value) => all + value, 0);
}
