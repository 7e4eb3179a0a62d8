/**
 * Whether the user is busy: typing, in a dialog of the page, or not looking. Nothing interrupts them then.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { after, attempt, cancel, overhear } from "./borrowed.js";
import { focused, page, upwards } from "./page.js";

/** Who has pressed no key for so long has stopped typing, milliseconds. */
const PAUSE = 3000;
const DIALOGS = "dialog[open],[role=dialog],[role=alertdialog],[aria-modal=true],:popover-open";
const FIELDS =
  "input,textarea,select,[contenteditable]:not([contenteditable=false]),[role=textbox]";

/** @param {() => void} changed is called when it may be otherwise now */
export const watchBusy = (changed) => {
  let typing = false;
  /** @type {any} */
  let timer;
  const stopped = () => {
    typing = false;
    changed();
  };
  const typed = () => {
    const within = attempt(() => focused()?.closest(FIELDS));
    if (!within) return;
    typing = true;
    cancel(timer);
    timer = after(stopped, PAUSE);
  };
  const ends = [
    overhear(globalThis, "keydown", typed),
    overhear(globalThis, "input", typed),
    overhear(globalThis, "focus", changed),
    overhear(globalThis, "blur", changed),
  ];
  return {
    /** What the user is busy with, or nothing. */
    now: () => {
      if (attempt(() => document.hidden || !document.hasFocus())) return "away";
      if (typing && attempt(() => focused()?.closest(FIELDS))) return "typing";
      return attempt(dialogs)?.length ? "dialog" : "";
    },
    close: () => {
      cancel(timer);
      ends.forEach((end) => end());
    },
  };
};

/** The page's dialogs that are open. */
const dialogs = () =>
  [...document.querySelectorAll(DIALOGS)].filter(
    (one) => !one.closest("[data-headstart]") && page.isVisible(one),
  );

/**
 * Whether an element is in all the dialogs that are open, and there is one.
 *
 * @param {Element} element
 */
export const isInDialog = (element) => {
  const open = attempt(dialogs) || [];
  const near = open.length ? [...upwards(element)] : [];
  return open.length > 0 && open.every((one) => near.includes(one));
};
