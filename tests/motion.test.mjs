/** What moves, read from the style sheet. */
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";

const FOLDER = new URL("../src/ui/style/", import.meta.url);
/** What the browser's compositor moves without the page's main thread. */
const CHEAP = new Set(["transform", "opacity"]);
/** Longest time that anything but a celebration and a hint's mark takes, milliseconds. */
const SHORT = 400;
/** What goes on for longer, and why it may. */
const LONGER = new Set([
  "hs-fly" /* confetti */,
  "hs-beat" /* a mark that waits to be found */,
  "hs-wait" /* a button that waits for the page */,
]);

const files = (await readdir(FOLDER)).filter((name) => name.endsWith(".css"));
const texts = await Promise.all(files.map((name) => readFile(new URL(name, FOLDER), "utf8")));
const sheet = texts.join("\n").replaceAll(/\/\*.*?\*\//gs, "");

/** The blocks that begin so, each with what is between its braces. @param {RegExp} opening */
function blocks(opening) {
  return [...sheet.matchAll(opening)].map((match) => {
    let [depth, at] = [1, match.index + match[0].length];
    const from = at;
    for (; depth > 0; at += 1) depth += { "{": 1, "}": -1 }[sheet[at] ?? ""] ?? 0;
    return { name: match[1] ?? "", body: sheet.slice(from, at - 1), from, to: at };
  });
}

/** @param {string} text @param {RegExp} property */
const values = (text, property) => [...text.matchAll(property)].map((match) => match[1] ?? "");

const moving = /(?<=[;{\s])(?:transition|animation):([^;}]+)/g;

test("only transform and opacity are animated", () => {
  const keyframes = blocks(/@keyframes ([\w-]+) \{/g);
  assert.ok(keyframes.length > 4);
  for (const { name, body } of keyframes) {
    for (const property of values(body, /([\w-]+):[^;]+;/g)) {
      assert.ok(CHEAP.has(property), `${name} animates ${property}`);
    }
  }
  const transitions = values(sheet, /(?<=[;{\s])transition:([^;}]+)/g);
  assert.ok(transitions.length > 0);
  for (const one of transitions.flatMap((list) => list.split(/,(?![^(]*\))/))) {
    assert.ok(CHEAP.has(one.trim().split(" ")[0] ?? ""), `a transition of ${one.trim()}`);
  }
});

test("nothing moves for those who want less motion", () => {
  const welcome = blocks(/@media \(prefers-reduced-motion: no-preference\) \{/g);
  for (const match of sheet.matchAll(moving)) {
    const at = match.index;
    const allowed = welcome.some(({ from, to }) => at > from && at < to);
    assert.ok(allowed || match[1]?.trim() === "none", match[0]);
  }
});

test("what moves is short", () => {
  for (const one of values(sheet, moving)) {
    const name = /hs-[\w-]+/.exec(one)?.[0] ?? "";
    const seconds = Number(/([\d.]+)s\b/.exec(one)?.[1] ?? 0);
    assert.ok(LONGER.has(name) || seconds * 1000 <= SHORT, one);
  }
});
