import { field, input } from "./field.js";
import { h } from "./h.js";
import { icon } from "./icon.js";
import { lineTotal } from "./invoice.js";
import { formatMoney, parseMoney, parseQuantity } from "./money.js";

/**
 * @typedef {import("./invoice.js").Line} Line
 * @typedef {import("./field.js").Field} Field
 * @typedef {{ element: HTMLElement, text: Field, quantity: Field, price: Field,
 *   total: HTMLElement, remove: HTMLButtonElement }} Row
 */

/**
 * The lines of an invoice, to be edited.
 *
 * @param {Line[]} initial
 * @param {string} currency
 * @param {() => void} changed called after a line was added, edited or removed
 */
export function lineEditor(initial, currency, changed) {
  /** @type {Row[]} */
  let rows = [];
  const list = h("div", { class: "lines" });

  /** @param {Line | null} line */
  const addRow = (line) => {
    const row = makeRow(line, rows.length + 1);
    row.remove.addEventListener("click", () => {
      const index = rows.indexOf(row);
      rows = rows.filter((other) => other !== row);
      row.element.remove();
      rows[Math.max(0, index - 1)].text.control.focus();
      edited();
    });
    row.element.addEventListener("input", edited);
    rows.push(row);
    list.append(row.element);
    return row;
  };

  const edited = () => {
    showTotals();
    changed();
  };
  const showTotals = () => {
    for (const row of rows) {
      const line = read(row);
      row.total.textContent = line ? formatMoney(lineTotal(line), currency) : "–";
      row.remove.hidden = rows.length === 1;
    }
  };

  for (const line of initial.length > 0 ? initial : [null]) addRow(line);
  showTotals();

  const add = h(
    "button",
    {
      class: "quiet-button",
      type: "button",
      on: {
        click: () => {
          addRow(null).text.control.focus();
          edited();
        },
      },
    },
    icon("plus"),
    "Add a line",
  );

  return {
    element: h("div", { class: "line-editor" }, headings(), list, add),
    /** The lines that are complete. */
    lines: () => rows.map(read).filter((line) => line !== null),
    /** What `validate` has to look at. */
    checks: () => rows.flatMap(checks),
  };
}

function headings() {
  return h(
    "div",
    { class: "line line-headings", "aria-hidden": "true" },
    h("span", null, "Description"),
    h("span", { class: "number" }, "Quantity"),
    h("span", { class: "number" }, "Price"),
    h("span", { class: "number" }, "Amount"),
  );
}

/**
 * @param {Line | null} line
 * @param {number} position
 * @returns {Row}
 */
function makeRow(line, position) {
  const text = field({
    label: "Description",
    quiet: true,
    control: input({ value: line?.text, placeholder: "What you did" }),
  });
  const quantity = field({
    label: "Quantity",
    quiet: true,
    control: input({ value: line?.quantity ?? 1, inputmode: "decimal", class: "number" }),
  });
  const price = field({
    label: "Price",
    quiet: true,
    control: input({
      value: line ? (line.price / 100).toFixed(2) : undefined,
      inputmode: "decimal",
      class: "number",
      placeholder: "0.00",
    }),
  });
  const total = h("output", { class: "line-total", "aria-label": "Amount" });
  const remove = h(
    "button",
    { class: "icon-button", type: "button", "aria-label": `Remove line ${position}` },
    icon("bin"),
  );
  const element = h(
    "div",
    { class: "line", role: "group", "aria-label": `Line ${position}` },
    text.element,
    quantity.element,
    price.element,
    total,
    remove,
  );
  return { element, text, quantity, price, total, remove };
}

/**
 * @param {Row} row
 * @returns {Line | null}
 */
function read({ text, quantity, price }) {
  const count = parseQuantity(quantity.control.value);
  const cents = parseMoney(price.control.value);
  if (count === null || cents === null) return null;
  return { text: text.control.value.trim(), quantity: count, price: cents };
}

/**
 * @param {Row} row
 * @returns {[Field, (value: string) => string | false][]}
 */
function checks({ text, quantity, price }) {
  return [
    [text, (value) => !value && "Say what this line is for."],
    [quantity, (value) => parseQuantity(value) === null && "Enter a number."],
    [price, (value) => parseMoney(value) === null && "Enter an amount."],
  ];
}
