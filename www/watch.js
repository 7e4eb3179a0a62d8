/**
 * Watching: one observer for all targets that content asks about, and what changes without the
 * document changing.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { after, apply, attempt, cancel, construct, overhear, take } from "./borrowed.js";
import { isInDialog } from "./busy.js";
import { OURS, PRIVATE, ask, attribute, borrowPage, frameOf, solid } from "./page.js";
import { readjust } from "./place.js";
import { find, isAmong } from "./target.js";

/** However often the page changes, it is looked at no more often than this, milliseconds. */
const GATHER = 100;
/** A look that took long makes the next wait so many times as long: looking takes 3 % of the time at most. */
const SPARSE = 30;
/** Nothing tells of a component that gets its shadow root late: so long until it is looked for again. */
const LATE = 1000;

/** What can change how an element looks without the document changing. */
const EVENTS = [
  "animationend",
  "animationstart",
  "change",
  "input",
  "load",
  "resize",
  "toggle",
  "transitionend",
  "transitionrun",
];

/**
 * @typedef {object} Watched
 * @property {boolean} reads whether its form value is asked for
 * @property {Element} [element]
 * @property {boolean} visible
 * @property {string | boolean} [value]
 * @property {boolean} [inDialog]
 * @property {string} near
 */

/**
 * The value of a form field: whether it is checked, or its text. Passwords are never read.
 *
 * @param {any} element
 * @returns {string | boolean | undefined}
 */
const valueOf = (element) =>
  attempt(() => {
    const { type, checked, value } = element;
    if (type === "password") return undefined;
    if (type === "checkbox" || type === "radio") return !!checked;
    return typeof value === "string" ? value : undefined;
  });

/**
 * Watches elements until it is closed.
 *
 * @param {(what: [selector: string, present: boolean, visible: boolean, value: string | boolean | undefined, inDialog: boolean, changed: boolean, near: string]) => void} tell
 *   of an element that is another one or another way now; `changed`: another way
 * @param {(selector: string) => void} clicked is told before the page handles a click on one, or
 *   in one: what is clicked may be gone afterwards
 */
function watchElements(tell, clicked) {
  borrowPage();
  /** @type {Map<string, Watched>} */
  const watched = new Map();
  /** What there is to stop listening to, by the window or document listened to. @type {Map<any, (() => void)[]>} */
  const ears = new Map();
  /** @type {any} */
  let timer;
  /** @type {MutationObserver | undefined} */
  let mutations;
  /** @type {IntersectionObserver | undefined} */
  let sights;
  let observing = false;
  /** How long the last look took, milliseconds. */
  let took = 0;

  const clock = take(globalThis, "performance");
  const now = () => attempt(() => apply(take(clock, "now"), clock, [])) || 0;

  /**
   * One change is enough to look again, so nothing more is heard of until then: a page that changes
   * all the time costs ten looks a second.
   *
   * @param {number} [delay]
   */
  const lookSoon = (delay = GATHER) => {
    if (timer !== undefined || !watched.size) return;
    attempt(() => mutations?.disconnect());
    observing = false;
    timer = after(look, Math.max(delay, took * SPARSE));
  };

  /** @param {any} event */
  const hearClick = (event) => {
    /** @type {any[]} */
    const path = attempt(() => event.composedPath()) || [];
    const frame = path[0] && frameOf(path[0]);
    const elements = path.concat(frame || []).filter((node) => node?.nodeType === 1);
    const isOff = (/** @type {Element} */ element) =>
      attribute(element, OURS) !== null || attribute(element, PRIVATE) !== null;
    if (elements.some(isOff)) return;
    for (const selector of [...watched.keys()]) {
      if (isAmong(selector, elements)) clicked(selector);
    }
  };

  /** Listens in another window. @param {any} view */
  const hear = (view) => {
    if (!view || ears.has(view)) return;
    const target = attempt(() => view.document) || view;
    const ends = EVENTS.map((name) =>
      // A window hears of its resizing only, and never of what has loaded in it.
      overhear(name === "load" ? target : view, name, () => lookSoon()),
    );
    ears.set(view, [...ends, overhear(view, "click", hearClick)]);
  };

  /** @param {Node[]} roots */
  const observe = (roots) => {
    if (!watched.size || timer !== undefined) return;
    const options = { subtree: true, childList: true, attributes: true, characterData: true };
    for (const root of observing ? roots : [document, ...roots]) {
      attempt(() => mutations?.observe(root, options));
    }
    observing = true;
    const views = [globalThis, ...roots.map((root) => ask(root, "defaultView")).filter(Boolean)];
    views.forEach(hear);
  };

  /** Looks at one. @param {string} selector @returns {{ reached: Node[], waits: boolean }} */
  const lookAt = (selector) => {
    const before = watched.get(selector);
    if (!before) return { reached: [], waits: false };
    const { element, visible, near, reached, waits } = find(selector);
    const value = element && before.reads ? valueOf(element) : undefined;
    const replaced = element !== before.element;
    const inDialog = visible && isInDialog(/** @type {Element} */ (element));
    const changed =
      !element !== !before.element ||
      visible !== before.visible ||
      value !== before.value ||
      inDialog !== !!before.inDialog;
    if (replaced) {
      if (before.element)
        attempt(() => sights?.unobserve(solid(/** @type {any} */ (before.element))));
      if (element) attempt(() => sights?.observe(solid(element)));
    }
    watched.set(selector, { ...before, element, visible, value, inDialog, near });
    if (replaced || changed) tell([selector, !!element, visible, value, inDialog, changed, near]);
    return { reached, waits };
  };

  /** Looks at all of them, and tells what has changed. */
  const look = () => {
    cancel(timer);
    timer = undefined;
    const began = now();
    const looks = [...watched.keys()].map(lookAt);
    readjust();
    took = now() - began;
    const roots = looks.flatMap(({ reached }) => reached);
    for (const [view, ends] of ears) {
      if (view === globalThis || roots.some((root) => ask(root, "defaultView") === view)) continue;
      ends.forEach((end) => end());
      ears.delete(view);
    }
    observe(roots);
    if (looks.some(({ waits }) => waits)) later();
  };

  /** @type {any} */
  let late;
  const later = () => {
    cancel(late);
    late = after(look, LATE);
  };

  const close = () => {
    watched.clear();
    cancel(timer);
    cancel(late);
    timer = undefined;
    attempt(() => mutations?.disconnect());
    attempt(() => sights?.disconnect());
    mutations = sights = undefined;
    observing = false;
    for (const ends of ears.values()) ends.forEach((end) => end());
    ears.clear();
  };

  return {
    /**
     * Watches that element, and tells at once how it is.
     *
     * @param {string} selector
     * @param {boolean} reads
     */
    watch(selector, reads) {
      mutations ||= attempt(() =>
        construct(take(globalThis, "MutationObserver"), [() => lookSoon()]),
      );
      sights ||= attempt(() =>
        construct(take(globalThis, "IntersectionObserver"), [() => lookSoon()]),
      );
      watched.set(selector, { reads, visible: false, near: "" });
      const { reached, waits } = lookAt(selector);
      observe(reached);
      if (waits) later();
    },

    /** @param {string} selector */
    unwatch(selector) {
      watched.delete(selector);
      if (!watched.size) close();
    },

    look,
    close,

    /** The element of that selector, as it was found last. @param {string} selector */
    element: (selector) => watched.get(selector)?.element,

    /** How near the best match was. @param {string} selector */
    near: (selector) => watched.get(selector)?.near ?? find(selector).near,
  };
}

/** For Rust: as an object, so that the wasm imports from wasm-bindgen's glue alone. */
export const watch = { watchElements };
