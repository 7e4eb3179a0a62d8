import { emptyState } from "../empty-state.js";
import { h } from "../h.js";
import { icon } from "../icon.js";
import { STATUS_LABELS, statusOf } from "../invoice.js";
import { invoiceTable } from "../invoice-table.js";
import { pageHead } from "../page-head.js";
import { customerName, invoices } from "../store.js";

/** @type {[status: string, label: string][]} */
const FILTERS = [["", "All"], ...Object.entries(STATUS_LABELS)];

/** @param {import("../router.js").Place} place `?status=` filters, `?created=` marks a new one */
export function invoicesPage({ query }) {
  const status = query.get("status") ?? "";
  const all = invoices();
  const newInvoice = () =>
    h("a", { class: "button primary", href: "/invoices/new" }, icon("plus"), "New invoice");
  const head = pageHead("Invoices", newInvoice());
  if (all.length === 0) {
    const empty = emptyState({
      title: "No invoices yet",
      text: "Pick a customer, add what you did, and it is on its way.",
      action: newInvoice(),
    });
    return { title: "Invoices", node: h("div", { class: "page" }, head, empty) };
  }

  const ofStatus = all.filter((invoice) => !status || statusOf(invoice) === status);
  const list = h("div", { class: "list", "aria-live": "polite" });
  const showFor = (/** @type {string} */ words) => {
    const wanted = words.trim().toLowerCase();
    const found = ofStatus.filter((invoice) =>
      `${invoice.number} ${customerName(invoice.customerId)}`.toLowerCase().includes(wanted),
    );
    list.replaceChildren(
      found.length > 0
        ? invoiceTable(found, { label: "Invoices", fresh: query.get("created") })
        : h("p", { class: "nothing" }, nothingText(wanted, status)),
    );
  };
  showFor("");

  const search = h("input", {
    type: "search",
    class: "search",
    placeholder: "Number or customer",
    "aria-label": "Search invoices",
    on: { input: (/** @type {InputEvent} */ event) => showFor(valueOf(event)) },
  });
  const tools = h("div", { class: "tools" }, filterLinks(all, status), search);
  return { title: "Invoices", node: h("div", { class: "page" }, head, tools, list) };
}

/**
 * @param {import("../invoice.js").Invoice[]} all
 * @param {string} status
 */
function filterLinks(all, status) {
  return h(
    "ul",
    { class: "filters", role: "list", "aria-label": "Filter by status" },
    ...FILTERS.map(([value, label]) => {
      const count = all.filter((invoice) => !value || statusOf(invoice) === value).length;
      return h(
        "li",
        null,
        h(
          "a",
          {
            href: value ? `/invoices?status=${value}` : "/invoices",
            "aria-current": value === status ? "true" : undefined,
          },
          label,
          h("span", { class: "count" }, count),
        ),
      );
    }),
  );
}

/**
 * @param {string} words
 * @param {string} status
 */
function nothingText(words, status) {
  const kind = FILTERS.find(([value]) => value === status)?.[1].toLowerCase();
  const what = status && kind ? `${kind} invoices` : "invoices";
  return words ? `No ${what} match “${words}”.` : `No ${what} right now.`;
}

/** @param {Event} event */
function valueOf(event) {
  return event.target instanceof HTMLInputElement ? event.target.value : "";
}
