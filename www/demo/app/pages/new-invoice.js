import { addDays, formatDay, today } from "../calendar.js";
import { openCustomerDialog } from "../customer-dialog.js";
import { field, input, select, validate } from "../field.js";
import { h } from "../h.js";
import { icon } from "../icon.js";
import { totals } from "../invoice.js";
import { lineEditor } from "../line-editor.js";
import { formatMoney } from "../money.js";
import { invoiceCreated } from "../onboarding.js";
import { pageHead } from "../page-head.js";
import { navigate } from "../router.js";
import { addInvoice, current } from "../store.js";
import { taxSelect, termSelect } from "../terms.js";
import { toast } from "../toast.js";

/** @param {import("../router.js").Place} place `?template=` fills the form, `?customer=` picks one */
export function newInvoicePage({ query }) {
  const { settings, templates, customers, nextNumber } = current();
  const template = templates.find(({ id }) => id === query.get("template"));
  const customerId = template?.customerId ?? query.get("customer") ?? "";

  const customer = field({
    label: "Customer",
    control: select(customerOptions(customers), customerId),
  });
  const issued = field({
    label: "Invoice date",
    control: input({ type: "date", value: today() }),
  });
  const terms = field({ label: "Payment terms", control: termSelect(settings.termDays) });
  const tax = field({ label: "VAT", control: taxSelect(template?.taxPercent) });
  const note = field({
    label: "Note to the customer",
    optional: true,
    control: h("textarea", { rows: 2 }, template?.note ?? ""),
  });

  const sums = {
    net: h("dd", null),
    tax: h("dd", null),
    gross: h("dd", null),
    due: h("p", { class: "sum-due" }),
  };
  const taxPercent = () => Number(tax.control.value);
  const dueDay = () => addDays(issued.control.value, Number(terms.control.value));
  const editor = lineEditor(template?.lines ?? [], settings.currency, () => showSums());
  const showSums = () => {
    const { net, tax: vat, gross } = totals({ lines: editor.lines(), taxPercent: taxPercent() });
    sums.net.textContent = formatMoney(net, settings.currency);
    sums.tax.textContent = formatMoney(vat, settings.currency);
    sums.gross.textContent = formatMoney(gross, settings.currency);
    const day = issued.control.value;
    sums.due.textContent = day ? `Due ${formatDay(dueDay())}` : "";
  };

  /** @param {"draft" | "sent"} state */
  const save = (state) => {
    const good = validate([
      [customer, (value) => !value && "Choose who this invoice goes to."],
      [issued, (value) => !value && "Choose the date of the invoice."],
      ...editor.checks(),
    ]);
    if (!good) return;

    const invoice = addInvoice({
      customerId: customer.control.value,
      issued: issued.control.value,
      due: dueDay(),
      lines: editor.lines(),
      taxPercent: taxPercent(),
      note: note.control.value.trim(),
      state,
    });
    invoiceCreated(totals(invoice).gross / 100, settings.currency);
    navigate(`/invoices?created=${encodeURIComponent(invoice.id)}`);
    toast(
      state === "draft"
        ? `${invoice.number} saved as a draft`
        : `${invoice.number} created and sent`,
    );
  };

  const addCustomer = () =>
    openCustomerDialog((added) => {
      customer.control.append(h("option", { value: added.id }, added.name));
      customer.control.value = added.id;
      customer.setError("");
      customer.control.focus();
    });

  const form = h(
    "form",
    {
      class: "invoice-form",
      novalidate: true,
      on: {
        submit: (/** @type {Event} */ event) => {
          event.preventDefault();
          save("sent");
        },
        input: showSums,
      },
    },
    h(
      "div",
      { class: "form-sheet" },
      h(
        "div",
        { class: "form-row customer-row" },
        customer.element,
        h(
          "button",
          { class: "button", type: "button", on: { click: addCustomer } },
          icon("plus"),
          "New customer",
        ),
      ),
      h("div", { class: "form-row" }, issued.element, terms.element, tax.element),
      h(
        "fieldset",
        { class: "form-lines" },
        h("legend", { class: "field-label" }, "Lines"),
        editor.element,
      ),
      note.element,
    ),
    h(
      "div",
      { class: "form-stub" },
      h("p", { class: "serial" }, `INV-${nextNumber}`),
      h(
        "dl",
        { class: "slip-facts" },
        h("div", null, h("dt", null, "Net"), sums.net),
        h("div", null, h("dt", null, "VAT"), sums.tax),
        h("div", { class: "sum-total" }, h("dt", null, "Total"), sums.gross),
      ),
      sums.due,
      h("button", { class: "button primary wide", type: "submit" }, "Create invoice"),
      h(
        "button",
        { class: "button wide", type: "button", on: { click: () => save("draft") } },
        "Save as draft",
      ),
    ),
  );
  showSums();
  return {
    title: "New invoice",
    node: h("div", { class: "page" }, pageHead("New invoice"), form),
  };
}

/**
 * @param {import("../store.js").Customer[]} customers
 * @returns {[string, string][]}
 */
function customerOptions(customers) {
  return [["", "Choose a customer"], ...customers.map(optionOf)];
}

/**
 * @param {import("../store.js").Customer} customer
 * @returns {[string, string]}
 */
function optionOf({ id, name }) {
  return [id, name];
}
