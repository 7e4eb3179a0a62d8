import { formatDay } from "./calendar.js";
import { h } from "./h.js";
import { STATUS_LABELS, dueText, statusOf, totals } from "./invoice.js";
import { formatMoney } from "./money.js";
import { openPreview } from "./slip.js";
import { current, customerName } from "./store.js";

/**
 * A ledger of invoices, each with its preview. The roles are spelled out because the narrow layout
 * turns rows into cards, which would otherwise take the table away from screen readers.
 *
 * @param {import("./invoice.js").Invoice[]} invoices
 * @param {{ label: string, fresh?: string | null }} options `fresh` is the id of one just created
 */
export function invoiceTable(invoices, { label, fresh = null }) {
  const { currency } = current().settings;
  return h(
    "table",
    { class: "ledger invoices", role: "table", "aria-label": label },
    h(
      "thead",
      { role: "rowgroup" },
      h(
        "tr",
        { role: "row" },
        heading("Number"),
        heading("Customer"),
        heading("Issued"),
        heading("Status"),
        heading("Amount", "number"),
        h(
          "th",
          { role: "columnheader", scope: "col" },
          h("span", { class: "visually-hidden" }, "Preview"),
        ),
      ),
    ),
    h(
      "tbody",
      { role: "rowgroup" },
      ...invoices.map((invoice) => {
        const status = statusOf(invoice);
        return h(
          "tr",
          { role: "row", class: invoice.id === fresh ? "fresh" : "" },
          cell("serial-cell", h("span", { class: "serial" }, invoice.number)),
          cell("name-cell", customerName(invoice.customerId)),
          cell("date-cell", h("bdi", null, formatDay(invoice.issued))),
          cell(
            "status-cell",
            h("span", { class: `chip ${status}` }, STATUS_LABELS[status]),
            h("bdi", { class: "due-text" }, dueText(invoice)),
          ),
          cell("number amount-cell", formatMoney(totals(invoice).gross, currency)),
          cell(
            "action-cell",
            h(
              "button",
              {
                class: "button small",
                type: "button",
                "aria-label": `Preview ${invoice.number}`,
                data: { hs: "preview-invoice" },
                on: { click: () => openPreview(invoice) },
              },
              "Preview",
            ),
          ),
        );
      }),
    ),
  );
}

/**
 * @param {string} text
 * @param {string} [name]
 */
function heading(text, name = "") {
  return h("th", { role: "columnheader", scope: "col", class: name }, text);
}

/**
 * @param {string} name
 * @param {...import("./h.js").Child} children
 */
function cell(name, ...children) {
  return h("td", { role: "cell", class: name }, ...children);
}
