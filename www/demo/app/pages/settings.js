import { openDialog } from "../dialog.js";
import { field, input, select, validate } from "../field.js";
import { h } from "../h.js";
import { CURRENCIES } from "../money.js";
import { identify } from "../onboarding.js";
import { pageHead } from "../page-head.js";
import { navigate } from "../router.js";
import { current, emptyBook, update } from "../store.js";
import { taxSelect, termSelect } from "../terms.js";
import { toast } from "../toast.js";

/** @param {{ saved: () => void }} events `saved` is called after the settings have changed */
export function settingsPage({ saved }) {
  const node = h("div", { class: "page" }, pageHead("Settings"), form(saved), dataSection());
  return { title: "Settings", node };
}

/** @param {() => void} saved */
function form(saved) {
  const { settings } = current();
  const company = field({
    label: "Company name",
    hint: "Printed at the top of every invoice.",
    control: input({ value: settings.companyName, autocomplete: "organization" }),
  });
  const email = field({
    label: "Email for replies",
    optional: true,
    control: input({ type: "email", value: settings.email, autocomplete: "email" }),
  });
  const address = field({
    label: "Address",
    optional: true,
    control: h("textarea", { rows: 3, autocomplete: "street-address" }, settings.address),
  });
  const currency = field({
    label: "Currency",
    control: select(
      CURRENCIES.map((code) => [code, code]),
      settings.currency,
    ),
  });
  const tax = field({ label: "Usual VAT", control: taxSelect() });
  const terms = field({ label: "Usual payment terms", control: termSelect(settings.termDays) });

  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    const good = validate([
      [company, (value) => !value && "Enter the name your customers know."],
      [
        email,
        (value) =>
          value !== "" &&
          !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) &&
          "Enter an address like hello@company.example, or leave it empty.",
      ],
    ]);
    if (!good) return;
    update((draft) => {
      draft.settings = {
        companyName: company.control.value.trim(),
        email: email.control.value.trim(),
        address: address.control.value.trim(),
        currency: currency.control.value,
        taxPercent: Number(tax.control.value),
        termDays: Number(terms.control.value),
      };
    });
    saved();
    identify();
    toast("Settings saved");
  };

  return h(
    "form",
    { class: "settings-form", novalidate: true, on: { submit: save } },
    group("Your company", "Who your invoices are from.", company, address, email),
    group("New invoices", "What each one starts with.", currency, tax, terms),
    h(
      "div",
      { class: "form-end" },
      h("button", { class: "button primary", type: "submit" }, "Save settings"),
    ),
  );
}

/**
 * @param {string} title
 * @param {string} text
 * @param {...import("../field.js").Field} fields
 */
function group(title, text, ...fields) {
  const id = `settings-${title.toLowerCase().replaceAll(" ", "-")}`;
  return h(
    "div",
    { class: "settings-group", role: "group", "aria-labelledby": id },
    h("div", { class: "settings-about" }, h("h2", { id }, title), h("p", null, text)),
    h("div", { class: "settings-fields" }, ...fields.map(({ element }) => element)),
  );
}

function dataSection() {
  return h(
    "section",
    { class: "settings-group", "aria-labelledby": "data" },
    h(
      "div",
      { class: "settings-about" },
      h("h2", { id: "data" }, "Sample book"),
      h("p", null, "Your trial came with one, so that there was something to look at."),
    ),
    h(
      "div",
      { class: "settings-fields" },
      h(
        "p",
        null,
        "Start with an empty book: all customers, invoices and templates go, yours too.",
      ),
      h(
        "button",
        { class: "button danger", type: "button", on: { click: askToEmpty } },
        "Remove all records …",
      ),
    ),
  );
}

function askToEmpty() {
  const empty = () => {
    emptyBook();
    navigate("/");
    toast("All customers, invoices and templates are removed");
  };
  openDialog({
    title: "Remove all records?",
    body: (close) => [
      h("p", { class: "dialog-lead" }, "There is no way to get them back. Your settings stay."),
      h(
        "div",
        { class: "dialog-actions" },
        h(
          "button",
          {
            class: "button danger",
            type: "button",
            on: {
              click: () => {
                close();
                empty();
              },
            },
          },
          "Remove all records",
        ),
        h("button", { class: "button", type: "button", on: { click: close } }, "Keep them"),
      ),
    ],
  });
}
