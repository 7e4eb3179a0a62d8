/**
 * Storage: a project's keys in the browser's `localStorage`, and in memory what does not fit or must not be there.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { apply, area, areaGet, areaKey, areaRemove, areaSet, attempt } from "./borrowed.js";

/** The name of the user's answer, whether they may be remembered, which is kept in any case. */
const CONSENT = "consent";

/**
 * Texts by name. Never fails: where the browser's storage is blocked or full, memory takes its place until the page
 * is left.
 *
 * @param {string} prefix how the keys begin
 */
const open = (prefix) => {
  /** @type {Map<string, string>} */
  let memory = new Map();
  /** Whether anything may be written to the browser's storage. */
  let opened = true;

  /** @param {string} name @returns {string | undefined} */
  const get = (name) => {
    if (memory.has(name) || !opened) return memory.get(name);
    const text = attempt(() => apply(areaGet, area, [prefix + name]));
    return typeof text == "string" ? text : undefined;
  };
  /** @param {string} name @param {string} text */
  const set = (name, text) => {
    memory.delete(name);
    if (!opened || !attempt(() => (apply(areaSet, area, [prefix + name, text]), true))) {
      memory.set(name, text);
    }
  };
  /** @param {string} name */
  const remove = (name) => {
    memory.delete(name);
    if (opened) attempt(() => apply(areaRemove, area, [prefix + name]));
  };
  /** All names that begin so, in order. @param {string} beginning */
  const names = (beginning) => {
    const all = new Set(memory.keys());
    if (opened) {
      attempt(() => {
        for (let index = 0; index < area.length; index += 1) {
          const key = attempt(() => apply(areaKey, area, [index]));
          if (key?.startsWith(prefix)) all.add(key.slice(prefix.length));
        }
      });
    }
    return [...all].filter((name) => name.startsWith(beginning)).sort();
  };
  return {
    get,
    set,
    remove,
    names,
    /**
     * The user may not be remembered: removes all that the browser keeps of this project but their answer. Until it
     * is opened again nothing is written there and nothing read: what is set lasts until the page is left.
     */
    erase() {
      opened = true;
      for (const name of names("")) if (name !== CONSENT) remove(name);
      opened = false;
    },
    /** Keeps the user's answer, though nothing else may be. @param {string} answer */
    answer(answer) {
      const before = opened;
      opened = true;
      set(CONSENT, answer);
      opened = before;
    },
    /**
     * Opens again, and writes what was kept in memory meanwhile, where no other tab has written something under its
     * name.
     */
    reopen() {
      if (opened) return;
      opened = true;
      const kept = memory;
      memory = new Map();
      for (const [name, text] of kept) if (get(name) === undefined) set(name, text);
    },
  };
};

/** For Rust: as an object, so that the wasm imports from wasm-bindgen's glue alone. */
export const texts = { open };
