/**
 * Standing: what the widget has drawn is raised above the page, and its cards are pinned to what they point
 * at (`place.js`). A card stands in an element of its own, `class="stand"`, after all that belongs to it.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { after, apply, attempt, cancel, construct, overhear, take } from "./borrowed.js";
import { focused } from "./page.js";
import { place } from "./place.js";

const { lodge, pin, raise, readjust, reveal } = place;

/** What was raised already: a card's mark, which is another when its target is another, or what a card
 * without one stands in. @type {WeakSet<Element>} */
const standing = new WeakSet();
/** The steps that were scrolled to, by what they are part of: not again when only their element is
 * another. @type {WeakMap<ShadowRoot, string>} */
const seen = new WeakMap();

/** Whether the user wants little motion. */
export const isCalm = () => !!attempt(() => matchMedia("(prefers-reduced-motion:reduce)").matches);

/** What has widgets step aside, by their elements. @type {WeakMap<Element, ReturnType<typeof stepAside>>} */
const asides = new WeakMap();
/** The elements of the widgets that were taken off the page: one that is destroyed at once is drawn after that.
 * @type {WeakSet<Element>} */
const gone = new WeakSet();
/** What of the page had focus before a widget had it, by the widget's element. @type {WeakMap<Element, HTMLElement | undefined>} */
const origins = new WeakMap();

/** What lies over the page while that can be used. */
const OVER = ".launcher,.panel,.card:not(.modal)";
/** What is covered may go away without a word, and what comes moves until it is there: so often either is looked at,
 * milliseconds. */
const AGAIN = 300;

/**
 * Has what of the widget lies over all of an element of the page that has focus be seen through, as long as it does
 * (WCAG 2.4.11). It stays where it is, and can be used. Where the focus of who uses a pointer is, need not be seen.
 *
 * @param {ShadowRoot} root
 */
const stepAside = (root) => {
  /** @type {any} */
  let timer;
  const look = () =>
    attempt(() => {
      const element = focused();
      const box =
        element !== document.body &&
        document.activeElement !== root.host &&
        !element?.matches(":focus:not(:focus-visible)") &&
        element?.getBoundingClientRect();
      for (const part of root.querySelectorAll(OVER)) {
        const over = box && part.getBoundingClientRect();
        const covers =
          over &&
          Math.min(
            box.left - over.left,
            box.top - over.top,
            over.right - box.right,
            over.bottom - box.bottom,
          ) > -1;
        part.toggleAttribute("data-aside", !!covers);
        if (covers) later();
      }
    });
  // The browser scrolls to what has focus after it has said so.
  const soon = () => attempt(() => requestAnimationFrame(look));
  const later = () => {
    cancel(timer);
    timer = after(look, AGAIN);
  };
  const ends = ["focusin", "focusout", "scroll", "resize"].map((name) =>
    overhear(globalThis, name, soon),
  );
  const end = () => {
    cancel(timer);
    ends.forEach((one) => one());
  };
  return { later, end };
};

/**
 * Notes from now on where focus comes from into a root, and closes the menu that it leaves, which would lie
 * over what has it now.
 *
 * @param {ShadowRoot} root
 */
const attend = (root) => {
  const { host } = root;
  if (origins.has(host)) return;
  origins.set(host, undefined);
  // A note in the page lies over nothing.
  if (!host.hasAttribute("data-inline")) asides.set(host, stepAside(root));
  /** @param {any} event */
  const entered = ({ relatedTarget: from }) =>
    attempt(() => {
      if (from && !root.contains(from)) origins.set(host, from);
      root.querySelector("[open].more:not(:focus-within)")?.removeAttribute("open");
    });
  attempt(() => apply(take(root, "addEventListener"), root, ["focusin", entered]));
};

/**
 * Raises what is new, and keeps the rest where its target is.
 *
 * @param {ShadowRoot} root
 * @param {HTMLElement | undefined} dock
 * @param {(Element | undefined)[]} targets one of each card, in order
 */
export const arrange = (root, dock, targets) => void attempt(() => stand(root, dock, targets));

/** @param {ShadowRoot} root @param {HTMLElement | undefined} dock @param {(Element | undefined)[]} targets */
const stand = (root, dock, targets) => {
  if (gone.has(root.host)) return;
  attend(root);
  const stands = [...root.querySelectorAll(".stand")];
  const first = stands.findIndex((one) => one.querySelector(".mark"));
  // Before anything is raised: what is moved comes down. A note in the page stays where it is.
  if (!root.host.hasAttribute("data-inline")) lodge(root, targets[first]);
  if (dock) raise(dock);
  stands.forEach((one, index) => {
    const mark = /** @type {HTMLElement | null} */ (one.querySelector(".mark"));
    const isNew = !standing.has(mark || one);
    standing.add(mark || one);
    const card = /** @type {HTMLElement} */ (one.lastElementChild);
    const target = targets[index];
    if (mark && target) {
      if (isNew) pin(mark, card, target, one.getAttribute("data-side") || "");
      const step = `${mark.dataset.form} ${one.querySelector("h2")?.textContent}`;
      // It may be asked for while it is up.
      if (one.hasAttribute("data-reveal") && seen.get(root) !== step) {
        seen.set(root, step);
        reveal(target);
      }
    } else if (!isNew) {
      return;
    } else if ("showModal" in card) {
      attempt(() => /** @type {HTMLDialogElement} */ (card).showModal());
    } else {
      for (const part of one.children) {
        if (part.hasAttribute("popover")) raise(/** @type {HTMLElement} */ (part));
      }
      if (one.matches("[data-side=bottom]:has(>[data-form=banner])")) clear(root, card);
    }
  });
  readjust();
  // It may be the widget that has come.
  asides.get(root.host)?.later();
};

/**
 * Keeps the corner above a banner at the bottom, however high that is; off the page it has no height, of
 * which its observer is told, too.
 *
 * @param {ShadowRoot} root
 * @param {HTMLElement} card
 */
const clear = ({ firstElementChild }, card) => {
  const sizes = construct(take(globalThis, "ResizeObserver"), [
    () => {
      const { style } = /** @type {HTMLElement} */ (firstElementChild);
      style.setProperty("--hs-foot", `${card.offsetHeight}px`);
      if (!card.isConnected) sizes.disconnect();
    },
  ]);
  sizes.observe(card);
};

/** Gives focus back to what of the page it came from. @param {ShadowRoot} root */
export const giveBack = ({ host }) => void attempt(() => origins.get(host)?.focus());

/**
 * Takes a widget's element off the page, gives back the focus that it has, and lets go of the targets of its
 * cards, and of what was listened to for them.
 *
 * @param {HTMLElement} host
 */
export const release = (host) => {
  if (document.activeElement === host) attempt(() => origins.get(host)?.focus());
  gone.add(host);
  attempt(() => asides.get(host)?.end());
  attempt(() => host.remove());
  attempt(readjust);
};
