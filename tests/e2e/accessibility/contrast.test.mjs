/** What is no text and yet has to be seen, in the colours that the widget brings. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { inRepository } from "../collector.mjs";

/** Source: https://www.w3.org/TR/WCAG22/#non-text-contrast */
const LEAST = 3;

/** What is drawn in a colour, and what it lies on. @type {[string, string, string][]} */
const PAIRS = [
  ["edge", "surface", "the circle of an open task, a padlock, the arrow of a row"],
  ["edge", "sunken", "the same in a row that is unfolded"],
  ["accent", "surface", "the ring of focus, the tick, the progress"],
  ["accent", "sunken", "the ring of focus in a row that is unfolded"],
  ["on-tip", "tip", "the ring of focus in a tip"],
  ["soft", "surface", "the icons of buttons"],
  ["on-accent", "accent", "the line of a button that waits"],
  ["ink", "sunken", "the mark of a task whose button has failed"],
  ["tip-soft", "tip", "the icons of buttons in a tip"],
];

/** Source: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance @param {string} colour */
function luminance(colour) {
  const digits =
    colour.length === 4
      ? [...colour.slice(1)].map((one) => one + one)
      : colour.slice(1).match(/../g);
  const [red = 0, green = 0, blue = 0] = (digits ?? []).map((pair) => {
    const share = parseInt(pair, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {string} one @param {string} other */
function contrast(one, other) {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const sheet = await readFile(inRepository("src/ui/style/theme.css"), "utf8");
const [light = "", dark = ""] = [...sheet.matchAll(/:host \{[^}]*\}/g)].map(([rule]) => rule);
/** @param {string} rule @returns {Record<string, string>} */
const colours = (rule) =>
  Object.fromEntries(
    [...rule.matchAll(/--hs-([\w-]+): (#\w+);/g)].map(([, name, value]) => [name, value]),
  );
const schemes = { light: colours(light), dark: { ...colours(light), ...colours(dark) } };

for (const [scheme, colour] of Object.entries(schemes)) {
  for (const [one, other, what] of PAIRS) {
    test(`what is drawn can be told from what it lies on, ${scheme}: ${what}`, () => {
      const found = contrast(colour[one] ?? "", colour[other] ?? "");
      assert.ok(found >= LEAST, `${colour[one]} on ${colour[other]} is ${found.toFixed(2)}`);
    });
  }
}
