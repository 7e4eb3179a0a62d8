/** A user who has a keyboard only, and what they find out by it. */
import assert from "node:assert/strict";
import { eventually } from "../../eventually.mjs";

/** So many stops there are at most between any two on these pages. */
const STOPS = 60;
/** How long anything may take on a busy machine, milliseconds. */
const WITHIN = 30_000;

/**
 * @typedef {object} Place where focus is
 * @property {boolean} inside whether it is in the widget
 * @property {string} name what it is called
 * @property {string} tag
 * @property {string} expanded `aria-expanded`
 * @property {string[]} faults what is wrong with it
 */

export class KeyboardUser {
  /** @param {import("../tab.mjs").Tab} tab */
  constructor(tab) {
    this.tab = tab;
  }

  /** @param {string} key @param {string[]} held */
  press(key, ...held) {
    return this.tab.press(key, ...held);
  }

  /** @returns {Promise<Place>} */
  focus() {
    return this.tab.run(place);
  }

  /** Uses the page for the first time, which is when a browser gives it focus. */
  async work() {
    await this.press("Shift");
  }

  /**
   * Goes on by Tab until something of this name has focus, and looks at every stop within the widget on
   * the way whether its focus can be seen.
   *
   * @param {string} name the beginning of it
   * @param {{ back?: boolean }} [options] `back`: by Shift and Tab
   */
  async reach(name, { back = false } = {}) {
    /** @type {string[]} */
    const way = [];
    for (let stop = 0; stop < STOPS; stop += 1) {
      // What comes up moves for a moment.
      const now = await eventually(
        () => this.focus(),
        ({ faults }) => !faults.length,
        { within: WITHIN, what: "focus that can be seen" },
      );
      if (now.name.startsWith(name)) return now;
      way.push(now.name);
      await this.press("Tab", ...(back ? ["Shift"] : []));
    }
    return assert.fail(`“${name}” was not reached by Tab, only ${way.join(" / ")}`);
  }

  /** Goes on to it, and presses it. @param {string} name @param {string} [key] */
  async use(name, key = "Enter") {
    await this.reach(name);
    await this.press(key);
  }

  /** Waits for focus to be on something of this name. @param {string} name @param {boolean} inside */
  async isAt(name, inside) {
    const found = await eventually(
      () => this.focus(),
      (now) => now.inside === inside && now.name.startsWith(name),
      { within: WITHIN, what: `focus on “${name}”` },
    );
    assert.deepEqual(found.faults, []);
  }

  /** Waits for the page's field to have focus again, as before. */
  isBack() {
    return this.isAt("Search", false);
  }

  /** Waits for a heading to be on screen. @param {string} title */
  async sees(title) {
    await eventually(
      () => this.tab.run(headings),
      (all) => all.includes(title),
      { within: WITHIN, what: `“${title}”` },
    );
  }

  /** Waits for a heading not to be on screen any more. @param {string} title */
  async seesNoMore(title) {
    await eventually(
      () => this.tab.run(headings),
      (all) => !all.includes(title),
      { within: WITHIN, what: `that “${title}” is gone` },
    );
  }

  /** Waits for the mark of a hint. */
  async seesMark() {
    await eventually(() => this.tab.run(isMarked), Boolean, { within: WITHIN, what: "a mark" });
  }

  /** What was said since it was asked last. */
  async said() {
    const all = await this.tab.run(() => window.announced.splice(0));
    return all.map(({ level, text }) => ({ level, text: text.trim() }));
  }

  /** What of the page was pressed. */
  pressed() {
    return this.tab.run(() => window.pressed.splice(0));
  }

  /** The keys that the page heard of since it was asked last, once so many were let go. @param {number} [count] */
  async heard(count = 0) {
    await eventually(
      () => this.tab.run(() => window.heard.filter(({ type }) => type === "keyup").length),
      (all) => all >= count,
      { within: WITHIN, what: `${count} keys` },
    );
    return this.tab.run(() => window.heard.splice(0));
  }
}

/** Where focus is. Runs in the page. @returns {Place} */
function place() {
  /** @type {Element | null} */
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  if (!active) return { inside: false, name: "", tag: "", expanded: "", faults: [] };
  const root = active.getRootNode();
  const inside = root instanceof ShadowRoot;
  const name = (
    active.getAttribute("aria-label") ??
    (active instanceof HTMLInputElement ? active.labels?.[0]?.textContent : active.textContent) ??
    ""
  ).trim();
  const faults = [];
  if (inside) {
    const isRinged = (/** @type {Element | null} */ one) => {
      const { outlineStyle, outlineWidth } = one ? getComputedStyle(one) : {};
      return outlineStyle !== "none" && parseFloat(outlineWidth ?? "0") >= 2;
    };
    // A heading that takes focus has the box around it show that.
    const shown =
      isRinged(active) || (active.matches("h2") && isRinged(active.closest(".card,.panel")));
    if (!shown) faults.push("its focus cannot be seen");
    const { left, top, right, bottom } = active.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const over = root.elementFromPoint(x, y);
    if (!over || !(active.contains(over) || over.contains(active))) {
      faults.push(`it is covered by ${over?.localName}.${over?.className} at ${x}, ${y}`);
    }
  }
  const expanded = active.getAttribute("aria-expanded") ?? "";
  return {
    inside,
    name: active === document.body ? "" : name,
    tag: active.localName,
    expanded,
    faults,
  };
}

/** Whether the mark of a hint is on screen. Runs in the page. */
function isMarked() {
  return [...document.querySelectorAll("[data-headstart]")].some(({ shadowRoot }) =>
    shadowRoot?.querySelector(".beacon")?.checkVisibility({ visibilityProperty: true }),
  );
}

/** The headings of the widget on screen, of what has come to rest. Runs in the page. @returns {string[]} */
function headings() {
  return [...document.querySelectorAll("[data-headstart]")].flatMap((host) =>
    [...(host.shadowRoot?.querySelectorAll("h2") ?? [])]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }))
      .filter((one) => !one.closest(".card")?.getAnimations().length)
      .map((one) => one.textContent ?? ""),
  );
}
