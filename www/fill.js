/**
 * Filling in: a text is put into a form field as if the user had typed it, so that frameworks notice.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { apply, attempt, construct, take } from "./borrowed.js";

/** @param {any} field @param {string} text */
export const fillIn = (field, text) =>
  void attempt(() => {
    if (field.type === "password" || field.disabled || field.readOnly) return;
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
