/** The npm package's functions over the page's queue, in a window that has nothing else. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { inRepository } from "../collector.mjs";

/** @typedef {typeof import("../../../www/package/headstart.js")} Package */

const page = /** @type {any} */ (globalThis);
const OPTIONS = { writeKey: "wk_1", endpoint: "/hs" };

describe("the npm package's queue", () => {
  /** @type {Package} */
  let headstart;
  let loads = 0;

  beforeEach(async () => {
    page.window = {};
    page.document = {};
    loads += 1;
    headstart = await import(`file://${inRepository("pkg/headstart.js")}?${loads}`);
  });
  afterEach(() => {
    delete page.window;
    delete page.document;
    mock.restoreAll();
  });

  /** Has the widget be there, which writes down what it is told. */
  function listen() {
    /** @type {any[][]} */
    const calls = [];
    page.window.headstart = (/** @type {any[]} */ ...args) => {
      calls.push(args);
      return `answer to ${args[0]}`;
    };
    return calls;
  }

  test("calls that come first wait, with their times, as those of the snippet do", () => {
    mock.method(Date, "now", () => 1_700_000_000_000);
    headstart.identify("user-1", { plan: "trial" });
    headstart.track("Invoice Created");
    assert.deepEqual(page.window.headstart.q, [
      [1_700_000_000_000, ["identify", "user-1", { plan: "trial" }]],
      [1_700_000_000_000, ["track", "Invoice Created"]],
    ]);
  });

  test("calls go to what the script tag has put on the page", () => {
    const calls = listen();
    headstart.complete("getting-started", "connect-bank");
    headstart.headstart("tips", "off");
    assert.deepEqual(calls, [
      ["complete", "getting-started", "connect-bank"],
      ["tips", "off"],
    ]);
  });

  test("what the widget answers is answered", () => {
    listen();
    assert.equal(headstart.debug(), "answer to debug");
  });

  test("an element named headstart gets no calls, and nothing is thrown", () => {
    page.window.headstart = { tagName: "FORM" };
    assert.equal(headstart.track("Invoice Created"), undefined);
  });

  test("to be started again says nothing, but with another key it does", () => {
    const warn = mock.method(console, "warn", () => {});
    page.window.headstart = Object.assign(() => {}, { writeKey: "wk_1" });
    headstart.init(OPTIONS);
    assert.equal(warn.mock.callCount(), 0);
    headstart.init({ ...OPTIONS, writeKey: "wk_2" });
    assert.deepEqual(warn.mock.calls[0]?.arguments, [
      "headstart: ignored wk_2, window.headstart is wk_1",
    ]);
  });

  test("a callback that has ended is called no more", () => {
    const calls = listen();
    const callback = mock.fn();
    const end = headstart.on("completed", callback);
    const [, , tell] = calls[0] ?? [];
    tell({ contentId: "a" });
    end();
    tell({ contentId: "b" });
    assert.deepEqual(
      callback.mock.calls.map((call) => call.arguments),
      [[{ contentId: "a" }]],
    );
  });

  test("components that come and go register no more callbacks than are there at a time", () => {
    const calls = listen();
    for (let mounts = 0; mounts < 100; mounts += 1) {
      const end = headstart.on("completed", () => {});
      end();
      end();
    }
    const callbacks = [mock.fn(), mock.fn()];
    for (const callback of callbacks) headstart.on("completed", callback);
    assert.equal(calls.length, 2);
    for (const [, , tell] of calls) tell({ contentId: "a" });
    assert.deepEqual(
      callbacks.map((callback) => callback.mock.callCount()),
      [1, 1],
    );
  });

  test("a callback for `navigate` that has ended leaves the way to others", () => {
    const calls = listen();
    const end = headstart.on("navigate", () => true);
    const [, , tell] = calls[0] ?? [];
    assert.equal(tell("/invoices"), true);
    end();
    assert.equal(tell("/invoices"), false);
  });

  test("who asks for `ready` late is told as well", () => {
    // The widget answers at once when it runs already.
    page.window.headstart = (
      /** @type {string} */ _,
      /** @type {string} */ event,
      /** @type {Function} */ callback,
    ) => event === "ready" && callback();
    const callback = mock.fn();
    headstart.on("ready", callback)();
    headstart.on("ready", callback);
    assert.equal(callback.mock.callCount(), 2);
  });
});
