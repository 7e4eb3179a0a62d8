/**
 * Callbacks: what of the page's own code wants to be told, by name; and what is asked to do what a button is for.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { apply, attempt, take } from "./borrowed.js";

/** @typedef {{ warn: (text: string) => void, threw: (place: string, error: unknown) => void }} Teller `console.js` */

/** What one has answered that threw. */
const THREW = {};

/** Calls one. What it throws is the page's: it goes to the console. @param {Function} callback @param {string} name @param {unknown} detail @param {Teller} teller */
const run = (callback, name, detail, teller) => {
  try {
    return apply(callback, undefined, [detail]);
  } catch (error) {
    teller.threw("the callback for `" + name + "`", error);
    return THREW;
  }
};

/** Whether it is a promise, or poses as one. @param {unknown} answer */
const isPromise = (answer) => typeof take(answer, "then") == "function";

/**
 * Tells whether those did it that answered with these values: at once, or when the promises among them are kept. One
 * that is broken stays one that nobody has caught, so that the page hears of it as if we had not waited.
 *
 * @param {unknown[]} answers
 * @param {(done: boolean) => unknown} tell
 */
const settle = async (answers, tell) => {
  let done = false;
  try {
    for (const answer of answers) if (isPromise(answer)) await answer;
    done = !!answers.length && !answers.includes(THREW);
  } finally {
    tell(done);
  }
};

/** Those of one widget. */
const open = () => {
  /** @type {[string, Function][]} */
  let registered = [];
  /** In the order in which they were registered. @param {string} name @param {unknown} detail @param {Teller} teller */
  const call = (name, detail, teller) =>
    registered
      .filter(([wanted]) => wanted == name)
      .map(([, callback]) => run(callback, name, detail, teller));
  return {
    /** @param {string} name @param {Function} callback */
    add(name, callback) {
      registered.push([name, callback]);
    },
    /** @param {string} name @param {Function} callback */
    remove(name, callback) {
      registered = registered.filter(([wanted, one]) => wanted != name || one != callback);
    },
    clear() {
      registered = [];
    },
    /** Whether nobody takes it on: all that there are answer `false`. @param {string} name @param {unknown} detail @param {Teller} teller */
    refuse: (name, detail, teller) =>
      call(name, detail, teller).every((answer) => answer === false),
    /**
     * Tells of content. Where they are asked to do something, `tell` hears whether they did; and a modal does not
     * keep the page from them, which would be inert under it, but is there again while it waits, and if they failed.
     *
     * @param {string} name
     * @param {string} contentId
     * @param {string | undefined} taskId
     * @param {Teller} teller
     * @param {((done: boolean) => unknown) | undefined} tell
     * @param {ShadowRoot | undefined} root where what asks is drawn
     */
    tell(name, contentId, taskId, teller, tell, root) {
      /** @type {any} */
      const modal = tell && root?.querySelector("dialog");
      /** @type {any} */
      const held = root?.activeElement;
      const back = () =>
        attempt(() => {
          if (modal.open) return;
          modal.showModal();
          held.focus();
        });
      attempt(() => modal?.close());
      const answers = call(name, taskId ? { contentId, taskId } : { contentId }, teller);
      if (!tell) return;
      if (!answers.length) {
        const action = name.slice(7);
        teller.warn(
          "a button of `" +
            contentId +
            "` wants the callback `" +
            action +
            "`, and there is none: register it with headstart('on', 'action:" +
            action +
            "', () => …)",
        );
      }
      // Over a dialog of the page's own it would keep the user from that.
      attempt(() => answers.some(isPromise) && (document.querySelector("dialog:modal") || back()));
      void settle(answers, (done) => {
        if (!done) back();
        tell(done);
      });
    },
  };
};

/** For Rust: as an object, so that the wasm imports from wasm-bindgen's glue alone. */
export const callbacks = { open, run };
