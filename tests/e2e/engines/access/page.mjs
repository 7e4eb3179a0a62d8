/** What the page keeps to itself, whatever of ours is on it. */
import assert from "node:assert/strict";

/** @typedef {import("./user.mjs").KeyboardUser} KeyboardUser */

/** All that a page may have shortcuts on, but what the browser itself takes. */
const SHORTCUTS = [
  ..."abcdefghijklmnopqrstuvwxyz0123456789?/.,;-=[]'",
  ...["Enter", "Escape", "Home", "End", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"],
  ...[" ", "Delete", "PageDown"],
];
/** And with others held down. @type {[string, ...string[]][]} */
const CHORDS = [
  ["k", "Control"],
  ["b", "Control"],
  ["x", "Control", "Shift"],
  ["s", "Alt"],
  ["?", "Shift"],
  ["Enter", "Control"],
  ["Escape", "Shift"],
];

/** @type {import("./keyboard.mjs").Run[]} */
export const PAGE = [
  {
    name: "every key reaches the page while the launcher is closed, a hint unopened, a banner and a note shown",
    at: "checklist+hint+banner+note",
    async run(user) {
      await user.seesMark();
      await user.sees("You are on trial.");
      await user.sees("Good to know");
      await user.tab.run(() => /** @type {HTMLElement} */ (document.activeElement).blur());
      await user.heard();
      for (const key of SHORTCUTS) await user.press(key);
      for (const [key, ...held] of CHORDS) await user.press(key, ...held);
      const all = [...SHORTCUTS, ...CHORDS.map(([key]) => key)].map((key) => key.toLowerCase());
      const held = CHORDS.flatMap(([, ...others]) => others);
      const heard = await user.heard(all.length + held.length);
      for (const way of ["keydown", "keyup"]) {
        const keys = heard.filter(({ type, key }) => type === way && !MODIFIERS.has(key));
        assert.deepEqual(
          keys.map(({ key }) => key.toLowerCase()),
          all,
          way,
        );
      }
      assert.deepEqual(
        heard.filter(({ kept }) => kept),
        [],
      );
      // And nothing of ours has gone or come by it.
      await user.seesMark();
      await user.sees("You are on trial.");
      await user.sees("Good to know");
    },
  },
  {
    name: "what the user types stays with the page while a tooltip is up, Escape as well",
    at: "tooltip",
    async run(user) {
      await user.sees("Here it begins");
      await user.heard();
      for (const key of ["n", "o", "Escape"]) await user.press(key);
      const heard = await user.heard(3);
      assert.deepEqual(
        heard.filter(({ type }) => type === "keydown").map(({ key, kept }) => [key, kept]),
        [
          ["n", false],
          ["o", false],
          ["Escape", false],
        ],
      );
      await user.sees("Here it begins");
    },
  },
  {
    name: "nothing is shown or done because the pointer is over it",
    at: "checklist+hint+tooltip+banner+note",
    async run(user) {
      await user.seesMark();
      await user.sees("Here it begins");
      const listened = await user.tab.run(() => window.listened);
      assert.ok(listened.includes("click"), "it is seen what is listened to");
      assert.deepEqual(
        listened.filter((type) => /^(pointer|mouse|touch|drag|wheel)/.test(type)),
        [],
      );
      const rules = await user.tab.run(hovering);
      assert.ok(rules.length > 5, "it is seen what the style sheet says");
      const harmless = /^(background|border|color|text-decoration)/;
      assert.deepEqual(
        rules.filter(({ properties }) => !properties.every((name) => harmless.test(name))),
        [],
      );
    },
  },
];

const MODIFIERS = new Set(["Shift", "Control", "Alt"]);

/** What the style sheet does where the pointer is. Runs in the page. */
function hovering() {
  /** @type {{ selector: string, properties: string[] }[]} */
  const found = [];
  /** @param {CSSRuleList} rules */
  const walk = (rules) => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule && rule.selectorText.includes(":hover")) {
        found.push({ selector: rule.selectorText, properties: [...rule.style] });
      }
      if ("cssRules" in rule) walk(/** @type {CSSGroupingRule} */ (rule).cssRules);
    }
  };
  for (const { shadowRoot } of document.querySelectorAll("[data-headstart]")) {
    for (const sheet of shadowRoot?.adoptedStyleSheets ?? []) walk(sheet.cssRules);
  }
  return found;
}
