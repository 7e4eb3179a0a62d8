/**
 * The explainer is fetched when it is first opened: those who only use the page never pay for it.
 *
 * The build puts this into wasm-bindgen's glue, and gives the explainer's name a hash.
 */
import { attempt } from "./borrowed.js";

/** @type {Promise<(() => void) | void> | undefined} */
let opened;

/**
 * Opens the explainer, unless it is open.
 *
 * @param {() => import("./command").State} read what is going on, asked again and again while it is open
 */
export const openExplainer = (read) => {
  const open = async () => {
    const { explain } = await import("./explainer.js");
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
