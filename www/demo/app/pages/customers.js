import { openCustomerDialog } from "../customer-dialog.js";
import { emptyState } from "../empty-state.js";
import { h } from "../h.js";
import { icon } from "../icon.js";
import { ageing } from "../invoice.js";
import { formatMoney } from "../money.js";
import { pageHead } from "../page-head.js";
import { refresh } from "../router.js";
import { current } from "../store.js";

/** Everyone there are invoices for, with what they owe. */
export function customersPage() {
  const { customers } = current();
  const head = pageHead("Customers", addButton());
  const content =
    customers.length > 0
      ? customerTable()
      : emptyState({
          title: "No customers yet",
          text: "Add the first company you work for. An invoice is then a matter of seconds.",
          action: addButton(),
        });
  return { title: "Customers", node: h("div", { class: "page" }, head, content) };
}

function addButton() {
  return h(
    "button",
    {
      class: "button primary",
      type: "button",
      on: { click: () => openCustomerDialog(refresh) },
    },
    icon("plus"),
    "Add customer",
  );
}

function customerTable() {
  const { customers, invoices, settings } = current();
  return h(
    "table",
    { class: "ledger customers", role: "table", "aria-label": "Customers" },
    h(
      "thead",
      { role: "rowgroup" },
      h(
        "tr",
        { role: "row" },
        h("th", { role: "columnheader", scope: "col" }, "Company"),
        h("th", { role: "columnheader", scope: "col" }, "City"),
        h("th", { role: "columnheader", scope: "col" }, "Invoices"),
        h("th", { role: "columnheader", scope: "col", class: "number" }, "Owes you"),
        h(
          "th",
          { role: "columnheader", scope: "col" },
          h("span", { class: "visually-hidden" }, "Action"),
        ),
      ),
    ),
    h(
      "tbody",
      { role: "rowgroup" },
      ...customers.map((customer) => {
        const own = invoices.filter((invoice) => invoice.customerId === customer.id);
        const { open } = ageing(own);
        return h(
          "tr",
          { role: "row" },
          h(
            "td",
            { role: "cell", class: "name-cell" },
            h("span", null, customer.name),
            h("span", { class: "email" }, customer.email),
          ),
          h("td", { role: "cell", class: "city-cell" }, customer.city || "–"),
          h(
            "td",
            { role: "cell", class: "count-cell" },
            own.length === 1 ? "1 invoice" : `${own.length} invoices`,
          ),
          h(
            "td",
            { role: "cell", class: open > 0 ? "number amount-cell" : "number amount-cell zero" },
            formatMoney(open, settings.currency),
          ),
          h(
            "td",
            { role: "cell", class: "action-cell" },
            h(
              "a",
              {
                class: "button small",
                href: `/invoices/new?customer=${encodeURIComponent(customer.id)}`,
                "aria-label": `Invoice ${customer.name}`,
              },
              "Invoice",
            ),
          ),
        );
      }),
    ),
  );
}
