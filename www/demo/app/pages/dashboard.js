import { lastMonths } from "../calendar.js";
import { emptyState } from "../empty-state.js";
import { h } from "../h.js";
import { icon } from "../icon.js";
import { ageing, dueText, statusOf, totals } from "../invoice.js";
import { invoiceTable } from "../invoice-table.js";
import { formatMoney, formatRound } from "../money.js";
import { pageHead } from "../page-head.js";
import { openPreview } from "../slip.js";
import { current, customerName, invoices } from "../store.js";

/** @typedef {import("../invoice.js").Invoice} Invoice */

/** Who owes what, what is late, what came in. */
export function dashboardPage() {
  const all = invoices();
  const head = pageHead("Dashboard", newInvoiceLink());
  if (all.length === 0) {
    return page(
      head,
      emptyState({
        title: "No invoices yet",
        text: "Write the first one and this page starts to keep count of what you are owed.",
        action: newInvoiceLink(),
      }),
    );
  }
  const open = all.filter((invoice) => invoice.state === "sent");
  return page(
    head,
    owed(all),
    h("div", { class: "pair" }, nudges(open), income(all)),
    h(
      "section",
      { class: "block", "aria-labelledby": "recent" },
      h(
        "div",
        { class: "block-head" },
        h("h2", { id: "recent" }, "Recent invoices"),
        h("a", { href: "/invoices" }, "All invoices"),
      ),
      invoiceTable(all.slice(0, 5), { label: "Recent invoices" }),
    ),
  );
}

function newInvoiceLink() {
  return h("a", { class: "button primary", href: "/invoices/new" }, icon("plus"), "New invoice");
}

/** @param {...Node} children */
function page(...children) {
  return { title: "Dashboard", node: h("div", { class: "page" }, ...children) };
}

/**
 * What is open, on a stub, with its age beside it.
 *
 * @param {Invoice[]} all
 */
function owed(all) {
  const { currency } = current().settings;
  const sums = ageing(all);
  const count = all.filter((invoice) => invoice.state === "sent").length;
  const ages = [
    { name: "not-due", label: "Not due yet", cents: sums.notDue },
    { name: "late", label: "Up to 30 days late", cents: sums.late },
    { name: "very-late", label: "More than 30 days late", cents: sums.veryLate },
  ];
  return h(
    "section",
    { class: "owed", "aria-labelledby": "owed" },
    h(
      "div",
      { class: "owed-stub" },
      h("h2", { id: "owed" }, "Owed to you"),
      h("p", { class: "owed-sum" }, formatMoney(sums.open, currency)),
      h("p", { class: "owed-count" }, count === 1 ? "on 1 invoice" : `on ${count} invoices`),
    ),
    h(
      "div",
      { class: "owed-sheet" },
      h(
        "div",
        { class: "age-bar", "aria-hidden": "true" },
        ...ages
          .filter(({ cents }) => cents > 0)
          .map(({ name, cents }) => h("span", { class: name, vars: { share: cents } })),
      ),
      h(
        "dl",
        { class: "ages" },
        ...ages.map(({ name, label, cents }) =>
          h(
            "div",
            { class: name },
            h("dt", null, label),
            h("dd", null, formatMoney(cents, currency)),
          ),
        ),
      ),
    ),
  );
}

/** @param {Invoice[]} open */
function nudges(open) {
  const { currency } = current().settings;
  return h(
    "section",
    { class: "block", "aria-labelledby": "nudges" },
    h("div", { class: "block-head" }, h("h2", { id: "nudges" }, "Waiting for payment")),
    open.length === 0
      ? h("p", { class: "block-quiet" }, "Everything is paid. Nobody owes you anything.")
      : h(
          "ul",
          { class: "nudges", role: "list" },
          ...latestDueLast(open).map((invoice) =>
            h(
              "li",
              null,
              h(
                "button",
                {
                  class: "nudge",
                  type: "button",
                  data: { hs: "preview-invoice" },
                  on: { click: () => openPreview(invoice) },
                },
                h("span", { class: "nudge-name" }, customerName(invoice.customerId)),
                h("span", { class: "nudge-sum" }, formatMoney(totals(invoice).gross, currency)),
                h("span", { class: "nudge-number serial" }, invoice.number),
                h(
                  "span",
                  { class: `nudge-due ${statusOf(invoice)}` },
                  h("bdi", null, dueText(invoice)),
                ),
              ),
            ),
          ),
        ),
  );
}

/** @param {Invoice[]} open */
function latestDueLast(open) {
  return [...open].sort((a, b) => a.due.localeCompare(b.due)).slice(0, 3);
}

/** @param {Invoice[]} all */
function income(all) {
  const { currency } = current().settings;
  const months = lastMonths(6).map((month) => ({
    ...month,
    cents: all
      .filter((invoice) => invoice.state === "paid" && invoice.paidOn?.startsWith(month.key))
      .reduce((sum, invoice) => sum + totals(invoice).gross, 0),
  }));
  const highest = Math.max(1, ...months.map(({ cents }) => cents));
  return h(
    "section",
    { class: "block", "aria-labelledby": "income" },
    h(
      "div",
      { class: "block-head" },
      h("h2", { id: "income" }, "Paid to you"),
      h("p", { class: "block-aside" }, "last six months"),
    ),
    h(
      "ol",
      { class: "months", role: "list" },
      ...months.map(({ short, long, cents }) =>
        h(
          "li",
          { vars: { height: cents / highest } },
          h("span", { class: "month-sum", "aria-hidden": "true" }, formatRound(cents, currency)),
          h("span", { class: "month-bar", "aria-hidden": "true" }),
          h("span", { class: "month-name", "aria-hidden": "true" }, short),
          h("span", { class: "visually-hidden" }, `${long}: ${formatRound(cents, currency)}`),
        ),
      ),
    ),
  );
}
