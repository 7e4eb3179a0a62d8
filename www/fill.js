/**
 * Filling in: a text is put into a form field as if the user had typed it, so that frameworks notice.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { apply, attempt, construct, take } from "./borrowed.js";
import { find } from "./target.js";

/** What nobody types into. */
const OTHERS = /^(button|file|hidden|image|password|reset|submit)$/;

/** @param {string} selector @param {string} text a box's is "true" or "false" */
export const fillIn = (selector, text) =>
  void attempt(() => {
    const field = /** @type {any} */ (find(selector).element);
    const { type } = field;
    if (OTHERS.test(type) || field.disabled || field.readOnly) return;
    if (/^(checkbox|radio)$/.test(type)) {
      if (`${field.checked}` !== text) field.click();
      return;
    }
    // React puts a property of its own in front of the browser's, and would take it for its own doing.
    const { set } =
      attempt(() => Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")) || {};
    if (set) apply(set, field, [text]);
    else if (field.isContentEditable) field.textContent = text;
    else return;
    for (const name of ["input", "change"]) {
      field.dispatchEvent(construct(take(globalThis, "Event"), [name, { bubbles: true }]));
    }
  });
