/**
 * The screen: the widget's place on the page, an element in whose shadow root all is drawn.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { attempt } from "./borrowed.js";

/**
 * Makes an empty widget, to be put on the page: at the end of the body, or as a note beside an element of the page's.
 * Throws what the browser throws, if it lacks shadow roots or constructable style sheets.
 *
 * @param {Document} document
 * @param {string} style the widget's own style sheet
 * @param {boolean} open whether the shadow root is to be open: for tests that must look inside
 * @param {Element | undefined} element what it stands beside
 * @param {boolean} before whether before it, or else after it
 */
const mount = (document, style, open, element, before) => {
  const host = document.createElement("div");
  host.setAttribute("data-headstart", "");
  const shadow = host.attachShadow({ mode: open ? "open" : "closed" });
  // A strict Content-Security-Policy blocks <style> and style="", but not this.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  const theme = new CSSStyleSheet();
  shadow.adoptedStyleSheets = [sheet, theme];
  const root = document.createElement("div");
  root.className = "root";
  shadow.appendChild(root);
  // The style sheet of the root tells the two apart by it.
  if (element) host.setAttribute("data-inline", "");
  let appeared = false;
  let worn = "";
  return {
    host,
    shadow,
    root,
    /** Puts it there, once: whoever takes it off the page has it stay off. Throws what the browser throws. */
    appear() {
      if (appeared) return;
      appeared = true;
      if (element) element.insertAdjacentElement(before ? "beforebegin" : "afterend", host);
      // Where it disturbs the page least.
      else (document.body || document.documentElement).appendChild(host);
    },
    /** Whether somebody has taken it off the page. */
    isGone: () => appeared && !host.isConnected,
    /** On top of the widget's own style sheet. What it cannot read of it the browser leaves out. @param {string} text */
    wear(text) {
      if (worn !== text) {
        worn = text;
        attempt(() => theme.replaceSync(text));
      }
    },
    /** Whether it still stands there. Other notes may stand there as well. @param {Element} element @param {boolean} before */
    isBeside(element, before) {
      /** @type {Element | null} */
      let neighbour = element;
      do {
        neighbour = before ? neighbour.previousElementSibling : neighbour.nextElementSibling;
      } while (neighbour && neighbour !== host && neighbour.hasAttribute("data-inline"));
      return neighbour === host;
    },
  };
};

/** For Rust: as an object, so that the wasm imports from wasm-bindgen's glue alone. */
export const stage = { mount };
