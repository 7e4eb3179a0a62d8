/**
 * The page as the widget looks at it: how elements are found, read and measured. With functions taken
 * as the widget starts, and none of the elements' own properties: a form's field called `parentNode`
 * poses as what is around the form.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { apply, attempt, method, take } from "./borrowed.js";

/** What the host keeps private, and what is ours. */
export const PRIVATE = "data-hs-private";
export const OURS = "data-headstart";
/** No page is so deep. */
const DEEPEST = 1000;

/** @type {Record<string, Function | undefined>} */
let taken = {};

/** Properties that are read, and methods that are called, by the interface that they are of. */
const GETTERS = {
  Node: ["parentNode", "ownerDocument", "textContent", "childNodes", "isConnected"],
  Element: ["assignedSlot", "shadowRoot", "localName", "id"],
  ShadowRoot: ["host"],
  Document: ["defaultView"],
  HTMLElement: ["offsetHeight", "offsetWidth"],
  HTMLIFrameElement: ["contentDocument"],
};
const METHODS = {
  Node: ["contains", "getRootNode"],
  Element: ["getAttribute", "matches", "closest", "getBoundingClientRect", "checkVisibility"],
  HTMLSlotElement: ["assignedNodes"],
};

/** Takes them, as they are now. */
export const borrowPage = () => {
  taken = {};
  for (const [type, names] of Object.entries(GETTERS)) {
    const prototype = take(take(globalThis, type), "prototype");
    for (const name of names) {
      taken[name] = attempt(() => Object.getOwnPropertyDescriptor(prototype, name)?.get);
    }
  }
  for (const [type, names] of Object.entries(METHODS)) {
    for (const name of names) taken[name] = method(type, name);
  }
  for (const type of ["Document", "DocumentFragment"]) {
    taken[type] = method(type, "querySelectorAll");
  }
  taken.style = take(globalThis, "getComputedStyle");
};

/**
 * What a property holds or a method answers; nothing if the object has no such.
 *
 * @param {any} object
 * @param {string} name
 * @param {...unknown} args
 * @returns {any}
 */
export const ask = (object, name, ...args) =>
  attempt(() => apply(/** @type {Function} */ (taken[name]), object, args));

/** All that a CSS selector matches. Throws if it is none. @param {Node} root @param {string} css @returns {Element[]} */
export const all = (root, css) => {
  const type = root.nodeType === 9 ? "Document" : "DocumentFragment";
  return Array.from(apply(/** @type {Function} */ (taken[type]), root, [css]));
};

/** @param {Element} element @param {string} name @returns {string | null} */
export const attribute = (element, name) => ask(element, "getAttribute", name) ?? null;

/** @param {Element} element @returns {CSSStyleDeclaration} */
export const styleOf = (element) =>
  attempt(() => apply(/** @type {Function} */ (taken.style), globalThis, [element])) || {};

/** What an element is drawn in: the slot it was put into, its parent, or the component whose shadow
 * root it is at the top of. @param {Node} node @returns {Element | undefined} */
export const around = (node) => {
  const slot = ask(node, "assignedSlot");
  const parent = slot || ask(node, "parentNode");
  if (parent?.nodeType === 1) return parent;
  // What throws costs as much as a hundred calls, and most ways up end at a document.
  return parent?.nodeType === 11 ? ask(parent, "host") : undefined;
};

/** The iframe that a node's document is shown in, if the page may know it. @param {Node} node @returns {Element | undefined} */
export const frameOf = (node) => {
  const view = ask(ask(node, "ownerDocument"), "defaultView");
  return view && view !== globalThis && attempt(() => view.frameElement);
};

/** The element itself and all it is drawn in, iframes included, innermost first. @param {Element} element */
export function* upwards(element) {
  /** @type {Element | undefined} */
  let next = element;
  for (let depth = 0; next && depth < DEEPEST; depth++) {
    yield next;
    next = around(next) || frameOf(next);
  }
}

/** Whether an element is in a private part of the page. @param {Element} element */
export const isPrivate = (element) => {
  for (const one of upwards(element)) if (attribute(one, PRIVATE) !== null) return true;
  return false;
};

/** Whether it is drawn across borders that CSS doesn't see over. @param {Element} element @param {string} css @returns {Element | undefined} */
export const within = (element, css) => {
  for (const one of upwards(element)) if (ask(one, "matches", css)) return one;
};

/**
 * Where an element is drawn, in its own window. What has no box or no size of its own, as with
 * `display: contents`, or around what floats, is where its content is.
 *
 * @param {Element} element
 * @returns {DOMRect}
 */
export const boxOf = (element) => {
  const own = ask(element, "getBoundingClientRect") || new DOMRect();
  if ((own.width && own.height) || styleOf(element).overflow !== "visible") return own;
  return (
    attempt(() => {
      const range = ask(element, "ownerDocument").createRange();
      range.selectNodeContents(element);
      return range.getBoundingClientRect();
    }) || own
  );
};

/** What of it has a box that the browser can watch and anchor to: itself, or else what it is in. @param {Element} element */
export const solid = (element) => {
  for (const one of upwards(element)) if (styleOf(one).display !== "contents") return one;
  return element;
};

/** What of it hides all that is in it, and how that is said. */
const CLOSED = [
  ["dialog:not([open])", "in a closed dialog"],
  ["details:not([open])", "in closed details"],
  ["[popover],[role=menu],[role=listbox],menu", "in a closed menu"],
];
const SEEN = {
  opacityProperty: true,
  visibilityProperty: true,
  // Their names until 2023.
  checkOpacity: true,
  checkVisibilityCSS: true,
};

/**
 * Why an element cannot be seen by a user who scrolls to it; nothing if it can.
 *
 * @param {Element} element
 * @returns {string | undefined}
 */
export const obstacle = (element) => {
  // Browsers without it go by the size alone.
  if (ask(solid(element), "checkVisibility", SEEN) === false) {
    for (const [css, words] of CLOSED) {
      const around = within(element, css);
      if (around && ask(around, "checkVisibility", SEEN) === false) return words;
      if (around && css.includes("open")) return words;
    }
    return "hidden";
  }
  const box = boxOf(element);
  if (!(box.width > 0 && box.height > 0)) return "of no size";
  for (const one of upwards(element)) {
    const flat = ask(one, "offsetHeight") === 0 || ask(one, "offsetWidth") === 0;
    if (flat && /hidden|clip|auto|scroll/.test(styleOf(one).overflow)) return "collapsed";
  }
};

/** @param {Element} element */
const isVisible = (element) => !obstacle(element);

/** What has focus, within components too, as far as they are open. */
export const focused = () => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
};

/** For Rust: as an object, so that the wasm imports from wasm-bindgen's glue alone. */
export const page = { isVisible, isPrivate };

borrowPage();
