/**
 * The explainer is fetched when it is first opened: those who only use the page never pay for it.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { attempt } from "./borrowed.js";

/** The build replaces it by the explainer's address, seen from the glue. */
const EXPLAINER = "__EXPLAINER__";

/** @type {Promise<(() => void) | undefined> | undefined} */
let opened;

/**
 * Opens the explainer, unless it is open.
 *
 * @param {() => unknown} read what is going on, asked again and again while it is open
 */
export const openExplainer = (read) => {
  const open = async () => {
    const { explain } = await import(new URL(EXPLAINER, import.meta.url).href);
    return explain(read, () => (opened = undefined));
  };
  opened =
    opened ||
    open().catch(() => {
      opened = undefined;
    });
};

/** Closes it, if it is open. */
export const closeExplainer = () => {
  opened?.then((close) => attempt(() => close?.()));
};
