import { formatDay } from "./calendar.js";
import { openDialog } from "./dialog.js";
import { h } from "./h.js";
import { icon } from "./icon.js";
import { STATUS_LABELS, dueText, lineTotal, statusOf, totals } from "./invoice.js";
import { formatMoney } from "./money.js";
import { refresh } from "./router.js";
import { current, customerName, markPaid } from "./store.js";
import { openTemplateDialog } from "./template-dialog.js";
import { toast } from "./toast.js";

/** @typedef {import("./invoice.js").Invoice} Invoice */

/**
 * Shows an invoice as the customer gets it, with the stub that stays.
 *
 * @param {Invoice} invoice
 */
export function openPreview(invoice) {
  openDialog({
    title: `Preview of ${invoice.number}`,
    class: "preview",
    body: (close) => [slip(invoice), actions(invoice, close)],
  });
}

/**
 * @param {Invoice} invoice
 * @param {() => void} close
 */
function actions(invoice, close) {
  const payable = invoice.state === "sent";
  return h(
    "div",
    { class: "dialog-actions" },
    payable &&
      h(
        "button",
        {
          class: "button primary",
          type: "button",
          on: {
            click: () => {
              markPaid(invoice.id);
              close();
              refresh();
              toast(`${invoice.number} is marked as paid`);
            },
          },
        },
        icon("check"),
        "Mark as paid",
      ),
    h(
      "button",
      {
        class: "button",
        type: "button",
        on: {
          click: () => {
            close();
            openTemplateDialog(invoice);
          },
        },
      },
      icon("templates"),
      "Make a template",
    ),
    h(
      "button",
      { class: "button", type: "button", on: { click: () => print() } },
      icon("print"),
      "Print",
    ),
  );
}

/** @param {Invoice} invoice */
function slip(invoice) {
  const { settings, customers } = current();
  const customer = customers.find(({ id }) => id === invoice.customerId);
  const sums = totals(invoice);
  /** @param {number} cents */
  const money = (cents) => formatMoney(cents, settings.currency);

  return h(
    "article",
    { class: "slip" },
    h(
      "div",
      { class: "slip-stub" },
      h("p", { class: "serial" }, invoice.number),
      h(
        "dl",
        { class: "slip-facts" },
        fact("To", customerName(invoice.customerId)),
        fact("Issued", formatDay(invoice.issued)),
        fact("Due", formatDay(invoice.due)),
        fact("Total", money(sums.gross)),
      ),
      h("p", { class: `stamp ${statusOf(invoice)}` }, STATUS_LABELS[statusOf(invoice)]),
      h("p", { class: "slip-note" }, h("bdi", null, dueText(invoice))),
    ),
    h(
      "div",
      { class: "slip-sheet" },
      h(
        "div",
        { class: "slip-parties" },
        h(
          "address",
          { class: settings.companyName ? "" : "missing" },
          h("strong", null, settings.companyName || "Your company name"),
          ...(settings.companyName
            ? settings.address.split("\n").map((row) => h("span", null, row))
            : [h("span", null, "Add it in Settings and it appears here.")]),
        ),
        h(
          "address",
          null,
          h("strong", null, customerName(invoice.customerId)),
          customer && h("span", null, customer.city),
          customer && h("span", null, customer.email),
        ),
      ),
      h(
        "div",
        { class: "slip-title" },
        h("h3", null, "Invoice"),
        h("p", { class: "serial" }, invoice.number),
      ),
      linesTable(invoice, money),
      h(
        "dl",
        { class: "slip-sums" },
        fact("Net", money(sums.net)),
        fact(`VAT ${invoice.taxPercent}%`, money(sums.tax)),
        fact("Total", money(sums.gross)),
      ),
      h(
        "p",
        { class: "slip-note" },
        invoice.note || `Please pay by ${formatDay(invoice.due)}, quoting ${invoice.number}.`,
      ),
    ),
  );
}

/**
 * @param {Invoice} invoice
 * @param {(cents: number) => string} money
 */
function linesTable(invoice, money) {
  return h(
    "table",
    { class: "slip-lines" },
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        h("th", { scope: "col" }, "Description"),
        h("th", { scope: "col", class: "number" }, "Quantity"),
        h("th", { scope: "col", class: "number" }, "Price"),
        h("th", { scope: "col", class: "number" }, "Amount"),
      ),
    ),
    h(
      "tbody",
      null,
      ...invoice.lines.map((line) =>
        h(
          "tr",
          null,
          h("td", null, line.text),
          h("td", { class: "number" }, line.quantity),
          h("td", { class: "number" }, money(line.price)),
          h("td", { class: "number" }, money(lineTotal(line))),
        ),
      ),
    ),
  );
}

/**
 * @param {string} name
 * @param {string} value
 */
function fact(name, value) {
  return h("div", null, h("dt", null, name), h("dd", null, h("bdi", null, value)));
}
