import { h } from "./h.js";

/**
 * A labelled control with room for a hint and an error.
 *
 * @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control
 * @typedef {{ element: HTMLElement, control: Control, setError: (message: string) => void }} Field
 */

let made = 0;

/**
 * @param {{ label: string, hint?: string, optional?: boolean, quiet?: boolean, control: Control }}
 *   options `quiet` hides the label from sight, for rows that have a heading
 * @returns {Field}
 */
export function field({ label, hint, optional = false, quiet = false, control }) {
  made += 1;
  const id = `field-${made}`;
  const error = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
  control.id = id;
  const descriptions = [`${id}-error`];
  if (hint) descriptions.unshift(`${id}-hint`);
  control.setAttribute("aria-describedby", descriptions.join(" "));
  if (!optional && !(control instanceof HTMLSelectElement)) {
    control.setAttribute("aria-required", "true");
  }

  /** @param {string} message empty if the value is good */
  const setError = (message) => {
    error.textContent = message;
    error.hidden = message === "";
    if (message) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  };
  control.addEventListener("input", () => setError(""));

  const element = h(
    "div",
    { class: "field" },
    h(
      "label",
      { for: id, class: quiet ? "visually-hidden" : "field-label" },
      label,
      optional && h("span", { class: "field-optional" }, " optional"),
    ),
    control,
    hint && h("p", { class: "field-hint", id: `${id}-hint` }, hint),
    error,
  );
  return { element, control, setError };
}

/**
 * @param {import("./h.js").Props} [props]
 * @returns {HTMLInputElement}
 */
export function input(props) {
  return h("input", { type: "text", autocomplete: "off", ...props });
}

/**
 * @param {[value: string, label: string][]} options
 * @param {string} selected
 * @param {import("./h.js").Props} [props]
 * @returns {HTMLSelectElement}
 */
export function select(options, selected, props) {
  return h(
    "select",
    props ?? {},
    ...options.map(([value, label]) => h("option", { value, selected: value === selected }, label)),
  );
}

/**
 * Checks each field and moves to the first that is wrong.
 *
 * @param {[field: Field, problem: (value: string) => string | null | false][]} checks
 * @returns {boolean} whether all values are good
 */
export function validate(checks) {
  /** @type {Field | null} */
  let first = null;
  for (const [checked, problem] of checks) {
    const message = problem(checked.control.value.trim()) || "";
    checked.setError(message);
    if (message && !first) first = checked;
  }
  first?.control.focus();
  return first === null;
}
