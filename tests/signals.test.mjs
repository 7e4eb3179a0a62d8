// How the page and its user are listened to (www/signals.js), without a browser.
import assert from "node:assert/strict";
import test from "node:test";

import { borrow } from "../www/borrowed.js";
import { signals } from "../www/signals.js";

/** A page that is looked at. */
function stand() {
  const document = Object.assign(new EventTarget(), { hidden: false, hasFocus: () => true });
  const location = { href: "https://app.test/a", pathname: "/a", search: "", hash: "" };
  Object.assign(globalThis, { window: globalThis, document, location });
  borrow();
  return document;
}

test("where the user is and that they look is told at once", () => {
  stand();
  /** @type {unknown[]} */
  const told = [];
  signals.watch((what) => told.push(what), "headstart.").close();
  assert.deepEqual(told, [[6, "/a", "", ""], [0], [2]]);
});

test("a listener that no longer answers is told nothing more, and nothing goes on for it", () => {
  const document = stand();
  let calls = 0;
  const hear = () => {
    calls += 1;
  };
  const watched = signals.watch(hear, "headstart.");
  watched.listen();
  document.dispatchEvent(new Event("visibilitychange"));
  assert.equal(calls, 1);
  assert.deepEqual(
    process.getActiveResourcesInfo().filter((name) => name == "Timeout"),
    [],
  );
});

test("a page whose own getters throw counts as looked at", () => {
  const document = stand();
  Object.defineProperty(document, "hidden", {
    get() {
      throw new Error("broken by the page");
    },
  });
  /** @type {unknown[]} */
  const told = [];
  signals.watch((what) => told.push(what), "headstart.").close();
  assert.deepEqual(told.slice(1), [[0], [2]]);
});

test("what goes wrong while listening is not the page's", async () => {
  const document = stand();
  let isBroken = false;
  const hear = () => {
    if (isBroken) throw new Error("broken by the page");
    return true;
  };
  const watched = signals.watch(hear, "headstart.");
  isBroken = true;
  document.hidden = true;
  // What a listener throws is an uncaught exception, after the event, and would fail this test.
  document.dispatchEvent(new Event("visibilitychange"));
  await new Promise(setImmediate);
  watched.close();
});
