import { emptyState } from "../empty-state.js";
import { h } from "../h.js";
import { icon } from "../icon.js";
import { totals } from "../invoice.js";
import { formatMoney } from "../money.js";
import { pageHead } from "../page-head.js";
import { refresh } from "../router.js";
import { current, customerName, invoices, removeTemplate } from "../store.js";
import { openTemplateDialog } from "../template-dialog.js";
import { toast } from "../toast.js";

/** @typedef {import("../store.js").Template} Template */

/** Invoices that are written again and again. */
export function templatesPage() {
  const { templates } = current();
  const own =
    templates.length > 0
      ? h("ul", { class: "cards", role: "list" }, ...templates.map(card))
      : emptyState({
          title: "Write it once, send it every month",
          text: "A template keeps customer, lines and VAT. Turn any invoice below into one.",
        });
  const node = h("div", { class: "page" }, pageHead("Templates"), own, suggestions());
  return { title: "Templates", node };
}

/** @param {Template} template */
function card(template) {
  const { currency } = current().settings;
  const remove = () => {
    removeTemplate(template.id);
    refresh();
    document.querySelector("main")?.focus({ preventScroll: true });
    toast(`${template.name} removed`);
  };
  return h(
    "li",
    { class: "card" },
    h(
      "div",
      { class: "card-head" },
      h("h2", null, template.name),
      h(
        "button",
        {
          class: "icon-button",
          type: "button",
          "aria-label": `Remove ${template.name}`,
          on: { click: remove },
        },
        icon("bin"),
      ),
    ),
    h("p", { class: "card-text" }, template.lines.map((line) => line.text).join(" · ")),
    h(
      "div",
      { class: "card-foot" },
      h("span", { class: "card-sum" }, formatMoney(totals(template).gross, currency)),
      h(
        "a",
        {
          class: "button small primary",
          href: `/invoices/new?template=${encodeURIComponent(template.id)}`,
          "aria-label": `Use ${template.name}`,
        },
        "Use",
      ),
    ),
  );
}

function suggestions() {
  const latest = invoices().slice(0, 4);
  if (latest.length === 0) return h("div", null);
  return h(
    "section",
    { class: "block", "aria-labelledby": "latest" },
    h("div", { class: "block-head" }, h("h2", { id: "latest" }, "From your latest invoices")),
    h(
      "ul",
      { class: "suggestions", role: "list" },
      ...latest.map((invoice) =>
        h(
          "li",
          null,
          h("span", { class: "serial" }, invoice.number),
          h(
            "span",
            { class: "suggestion-text" },
            h("span", { class: "suggestion-name" }, customerName(invoice.customerId)),
            h("span", null, invoice.lines.map((line) => line.text).join(" · ")),
          ),
          h(
            "button",
            {
              class: "button small",
              type: "button",
              "aria-label": `Make a template of ${invoice.number}`,
              on: { click: () => openTemplateDialog(invoice) },
            },
            "Make a template",
          ),
        ),
      ),
    ),
  );
}
