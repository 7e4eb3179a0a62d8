/** How a trace is read. */
import assert from "node:assert/strict";
import test from "node:test";
import { account } from "./trace.mjs";

const MAIN = { pid: 1, tid: 1 };
/** @param {string} name @param {number} ts @param {number} dur @param {object} [more] */
const span = (name, ts, dur, more = {}) => ({ ...MAIN, ph: "X", name, ts, dur, ...more });
const task = (/** @type {number} */ ts, /** @type {number} */ dur) => span("RunTask", ts, dur);
const event = (/** @type {string} */ name, /** @type {object} */ data) => ({
  ...MAIN,
  tid: 2,
  ph: "I",
  name,
  ts: 5000,
  args: { data },
});
const START = { ...MAIN, ph: "R", name: "navigationStart", ts: 1000 };
const MARK = { ...MAIN, ph: "I", name: "bench-visible", ts: 11_000 };

test("time is counted from the navigation to the mark, in milliseconds", () => {
  const { visible } = account([START, MARK]);
  assert.equal(visible, 10);
});

test("tasks count as far as they are before the moment, and none twice", () => {
  const { upTo } = account([
    START,
    task(0, 900),
    task(2000, 3000),
    span("RunTask", 2500, 1000),
    task(10_000, 5000),
    task(16_000, 1000),
    MARK,
  ]);
  assert.deepEqual(
    [1, 2, 10, 1000].map((moment) => upTo(moment).busy),
    [0, 1, 4, 9],
  );
});

test("the longest task may come after the mark", () => {
  const { longest } = account([START, task(2000, 3000), MARK, task(20_000, 7000)]);
  assert.equal(longest, 7);
});

test("the task in which the browser makes the document is no task of the page's", () => {
  const made = { ...MAIN, ph: "R", name: "commitNavigationEnd", ts: 4000 };
  const { upTo, longest } = account([START, task(2000, 5000), made, task(8000, 2000), MARK]);
  assert.deepEqual([upTo(10).busy, longest], [7, 2]);
});

test("layout that a script asks for is layout, and the rest of the script is script", () => {
  const { upTo } = account([
    START,
    task(2000, 5000),
    span("FunctionCall", 2000, 5000),
    span("Layout", 3000, 2000),
    span("v8.compile", 6000, 500),
    span("UpdateLayoutTree", 8000, 1000),
    MARK,
  ]);
  assert.deepEqual(upTo(10), { busy: 5, script: 3, layout: 3 });
});

test("a script that goes on past the moment counts up to it", () => {
  const { upTo } = account([START, span("FunctionCall", 10_000, 9000), MARK]);
  assert.equal(upTo(10).script, 1);
  assert.equal(upTo(20).script, 9);
});

test("other threads and other pages do not count", () => {
  const { upTo } = account([
    START,
    span("RunTask", 2000, 3000, { tid: 2 }),
    span("FunctionCall", 2000, 3000, { pid: 2 }),
    MARK,
  ]);
  assert.deepEqual(upTo(10), { busy: 0, script: 0, layout: 0 });
});

test("what was loaded is counted when it has arrived, but for the document and what is in an address", () => {
  const sent = (
    /** @type {string} */ requestId,
    /** @type {string} */ type,
    url = "http://host/",
  ) => event("ResourceSendRequest", { requestId, resourceType: type, url });
  const finished = (/** @type {string} */ requestId, /** @type {number} */ encodedDataLength) =>
    event("ResourceFinish", { requestId, encodedDataLength });
  const { requests, bytes } = account([
    START,
    sent("1", "Document"),
    sent("2", "Script"),
    sent("3", "Other", "data:,"),
    sent("4", "Other"),
    finished("2", 300),
    finished("1", 1000),
    finished("3", 2000),
    MARK,
    sent("5", "Other"),
    finished("5", 20),
  ]);
  assert.deepEqual({ requests, bytes }, { requests: 2, bytes: 320 });
});

test("a trace without the mark is refused", () => {
  assert.throws(() => account([START]), /no mark/);
});
