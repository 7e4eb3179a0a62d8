/** What Chromium's trace of a page says of its main thread. */

/**
 * @typedef {object} TraceEvent
 * @property {string} name
 * @property {string} ph
 * @property {number} pid
 * @property {number} tid
 * @property {number} ts microseconds
 * @property {number} [dur] microseconds
 *
 * @typedef {object} Account of a main thread from a page's navigation until something is seen, milliseconds
 * @property {number} visible how long that was
 * @property {number} busy all tasks in it
 * @property {number} script of them: JavaScript and WebAssembly, compiled or run
 * @property {number} layout of them: style, layout and paint
 * @property {number} longest the longest task of the new document, those after that included
 */

/** The categories that have what is read here. */
export const CATEGORIES = [
  "toplevel",
  "blink.user_timing",
  "devtools.timeline",
  "disabled-by-default-devtools.timeline",
  "v8",
  "disabled-by-default-v8.compile",
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
  "BlinkScheduler_PerformMicrotaskCheckpoint",
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
    busy: ms(sum(tasks.map((task) => before(task, seen.ts)))),
    ...shares(spans, seen.ts, ms),
    longest: ms(
      Math.max(0, ...tasks.filter(({ from }) => from >= there).map(({ from, to }) => to - from)),
    ),
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
