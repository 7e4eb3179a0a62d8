/**
 * The browser's console: where the integrator is told what is wrong, once. A page that has broken its console gets
 * silence.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { attempt } from "./borrowed.js";

/** So many different lines at most, in case one of them has a number in it. */
const MOST_LINES = 50;
const NAME = "headstart: ";

/** Says each thing once. */
const open = () => {
  const said = new Set();
  return {
    /** @param {string} text what is wrong, and the remedy */
    warn(text) {
      if (said.size >= MOST_LINES || said.has(text)) return;
      said.add(text);
      attempt(() => console.warn(NAME + text));
    },
    /** Not ours to hide, so it is said every time. @param {string} place @param {unknown} error */
    threw(place, error) {
      attempt(() => console.error(`${NAME + place} threw`, error));
    },
    /** @param {any} state */
    show(state) {
      attempt(() => console.info(NAME + "state", state));
      attempt(() => console.table(state.content));
    },
  };
};

/** For Rust: as an object, so that the wasm imports from wasm-bindgen's glue alone. */
export const teller = { open };
