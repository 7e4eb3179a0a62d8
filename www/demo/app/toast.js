import { h } from "./h.js";

const SHOWN_MS = 6000;

/** One live region for the life of the page: screen readers only announce changes of a known one. */
const region = h("div", { class: "toasts", role: "status" });

let timer = 0;

/** Puts the place for messages on the page. */
export function mountToasts() {
  document.body.append(region);
}

/** @param {string} message what has just been done */
export function toast(message) {
  clearTimeout(timer);
  region.replaceChildren(h("p", { class: "toast" }, message));
  timer = window.setTimeout(() => region.replaceChildren(), SHOWN_MS);
}
