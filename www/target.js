/**
 * Targets: finding the element that content means, and saying how near the best match was where
 * there is none.
 *
 * The grammar (`crates/core/src/content/selector.rs` checks it where content is pushed):
 * alternatives, best first, separated by `||`; each a path of steps separated by `>>>`, of which all
 * but the last find what to look into, a component's open shadow root or an iframe of the same
 * origin; each step a CSS selector, or `role=button[name="Save"]`, and filters behind it,
 * `:text("Save")` and `:nth(2)`.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { attempt } from "./borrowed.js";
import { allOfRole, nameOf, squeeze, textOf } from "./naming.js";
import { OURS, all, ask, attribute, isPrivate, obstacle } from "./page.js";

/** So many matches at most are tried for one that can be seen. */
const MOST_MATCHES = 50;
/** So many characters of a selector are named. */
const LONGEST = 80;

const QUOTED = `"((?:[^"\\\\]|\\\\.)*)"|'((?:[^'\\\\]|\\\\.)*)'`;
const FILTER = new RegExp(`:(?:text\\(\\s*(?:${QUOTED})|nth\\(\\s*(-?\\d+))\\s*\\)$`);
const ROLE = new RegExp(`^role=([a-z]+)(?:\\s*\\[\\s*name\\s*=\\s*(?:${QUOTED})\\s*\\])?$`, "i");

/**
 * @typedef {object} Step
 * @property {string} css
 * @property {string} [role]
 * @property {string} [name]
 * @property {{ text?: string, nth: number }[]} filters
 *
 * @typedef {{ source: string, steps: Step[] }} Path
 *
 * @typedef {object} Found
 * @property {Element} [element]
 * @property {boolean} visible
 * @property {string} near how near the best match was
 * @property {Node[]} reached the roots that were looked into
 * @property {boolean} waits whether something was found that has nothing yet to look into
 */

/** Splits a text at a mark, outside quotes and brackets. @param {string} text @param {string} mark */
const split = (text, mark) => {
  const parts = [""];
  let depth = 0;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    let piece = text[at];
    if (piece === "\\") piece += text[++at] || "";
    else if (quote) quote = piece === quote ? "" : quote;
    else if (/["']/.test(piece)) quote = piece;
    else if (/[([]/.test(piece)) depth += 1;
    else if (/[)\]]/.test(piece)) depth -= 1;
    else if (!depth && text.startsWith(mark, at)) {
      at += mark.length - 1;
      parts.push("");
      continue;
    }
    parts[parts.length - 1] += piece;
  }
  return parts.map((part) => part.trim());
};

/** @param {string | undefined} one @param {string | undefined} other */
const unquote = (one, other) => squeeze((one ?? other ?? "").replace(/\\(.)/g, "$1")).toLowerCase();

/** @param {string} source @returns {Step} */
const readStep = (source) => {
  let css = source;
  const filters = [];
  for (let match; (match = FILTER.exec(css)); css = css.slice(0, match.index).trim()) {
    const [, one, other, nth] = match;
    filters.unshift(nth ? { nth: +nth } : { text: unquote(one, other), nth: 0 });
  }
  const [, role, one, other] = ROLE.exec(css) || [];
  // `:text("Save")` alone is any element with that text.
  if (!role) return { css: css || (filters.length ? "*" : ""), filters };
  const named = one ?? other;
  return {
    css: "",
    role: role.toLowerCase(),
    ...(named === undefined ? {} : { name: unquote(named, "") }),
    filters,
  };
};

/** @type {Map<string, Path[]>} */
const read = new Map();

/** The alternatives of a selector. @param {string} selector */
const pathsOf = (selector) => {
  let paths = read.get(selector);
  if (!paths) {
    paths = split(selector, "||").map((source) => ({
      source,
      steps: split(source, ">>>").map(readStep),
    }));
    read.set(selector, paths);
  }
  return paths;
};

/**
 * What the browser finds wrong with a selector, one line; nothing if it is sound.
 *
 * @param {string} selector
 * @returns {string | undefined}
 */
export const wrongWith = (selector) => {
  const nowhere = document.createDocumentFragment();
  for (const { steps } of pathsOf(selector)) {
    for (const { css, role } of steps) {
      try {
        if (!role) all(nowhere, css);
      } catch (error) {
        return String(/** @type {any} */ (error)?.message ?? error);
      }
    }
  }
};

/** @param {Node} root @param {Step} step @returns {Element[]} */
const matchesOf = (root, { css, role, name }) => {
  if (!role) return attempt(() => all(root, css)) || [];
  return allOfRole(root, role).filter(
    (element) => name === undefined || nameOf(element, role).toLowerCase() === name,
  );
};

/** The innermost of those, whose own visible text has this in it. @param {Element[]} elements @param {string} text */
const withText = (elements, text) => {
  const words = text.split(" ");
  const known = new Map();
  /** @type {Element[]} */
  const found = [];
  // In document order what is inside comes right behind: from the end, so that what is around it need not be read.
  for (const element of elements.reverse()) {
    if (ask(element, "contains", found[0] ?? null)) continue;
    // The quick test first.
    const all = (ask(element, "textContent") || "").toLowerCase();
    const may = ask(element, "shadowRoot") || words.every((word) => all.includes(word));
    if (
      may &&
      squeeze(textOf(element, false, known))
        .toLowerCase()
        .includes(text)
    ) {
      found.unshift(element);
    }
  }
  return found;
};

/** @param {Element} element */
const isTheirs = (element) => attribute(element, OURS) === null && !isPrivate(element);

/**
 * Goes along a path. Answers what it led to, or how far it came and why no further.
 *
 * @param {Path} path
 * @param {Found} found what was reached is noted there
 * @returns {{ elements: Element[], far: number, why: string }}
 */
const follow = ({ steps }, found) => {
  /** @type {Node[]} */
  let roots = [document];
  let far = 0;
  for (const [index, step] of steps.entries()) {
    let elements = roots.flatMap((root) => matchesOf(root, step));
    if (!elements.length) return { elements, far, why: "no match" };
    elements = elements.filter(isTheirs);
    far += 1;
    if (!elements.length) return { elements, far, why: "private" };
    for (const { text, nth } of step.filters) {
      const count = elements.length;
      if (text !== undefined) {
        elements = withText(elements, text);
        if (!elements.length) return { elements, far: far + 1, why: "text differs" };
      } else {
        const one = elements[nth < 0 ? count + nth : nth - 1];
        if (!one) return { elements: [], far: far + 2, why: `nth ${nth} of ${count}` };
        elements = [one];
      }
    }
    far += 3;
    if (index === steps.length - 1) return { elements, far, why: "" };
    roots = elements.flatMap((element) => inside(element) || []);
    if (!roots.length) {
      found.waits = true;
      const isFrame = elements.some((element) => ask(element, "localName") === "iframe");
      const why = isFrame ? "iframe of another origin" : "no open shadow root";
      return { elements: [], far, why };
    }
    found.reached.push(...roots);
  }
  return { elements: [], far, why: "no match" };
};

/** What an element has inside that a page can look into. @param {Element} element @returns {Node | null} */
const inside = (element) => ask(element, "shadowRoot") || ask(element, "contentDocument");

/**
 * Looks for the element that a selector means: that of the first alternative that can be seen, else the
 * first there is. Applications keep a menu for phones and one for desktops, and hide one of
 * them.
 *
 * @param {string} selector
 * @returns {Found}
 */
export const find = (selector) => {
  /** @type {Found} */
  const found = { visible: false, near: "", reached: [], waits: false };
  let furthest = -1;
  for (const path of pathsOf(selector)) {
    const { elements, far, why } = follow(path, found);
    const tried = elements.slice(0, MOST_MATCHES);
    let obstacles = "";
    for (const element of tried) {
      const hidden = obstacle(element);
      if (!hidden) return { ...found, element, visible: true, near: "" };
      obstacles ||= hidden;
    }
    found.element ||= tried[0];
    if (far <= furthest) continue;
    furthest = far;
    const count = elements.length;
    const words = why || (count > 1 ? `${count} matches, none visible: ${obstacles}` : obstacles);
    found.near = `${path.source.slice(0, LONGEST)}: ${words}`;
  }
  return found;
};

/** Whether any of the elements is one that the selector means. @param {string} selector @param {Element[]} elements */
export const isAmong = (selector, elements) => {
  /** @type {Found} */
  const found = { visible: false, near: "", reached: [], waits: false };
  return pathsOf(selector).some((path) =>
    follow(path, found).elements.some((element) => elements.includes(element)),
  );
};
