import { openDialog } from "./dialog.js";
import { field, input, validate } from "./field.js";
import { h } from "./h.js";
import { templateCreated } from "./onboarding.js";
import { navigate } from "./router.js";
import { addTemplate, current, customerName } from "./store.js";
import { toast } from "./toast.js";

/**
 * Asks for a name and keeps the contents of an invoice as a template.
 *
 * @param {import("./invoice.js").Contents} from
 */
export function openTemplateDialog(from) {
  const name = field({
    label: "Template name",
    hint: "Only you see it.",
    control: input({
      autofocus: true,
      value: `${customerName(from.customerId)}, ${from.lines[0]?.text ?? ""}`,
    }),
  });
  /** @param {string} value */
  const problem = (value) => {
    if (!value) return "Give the template a name.";
    const taken = current().templates.some((template) => template.name === value);
    return taken && "There is a template with this name. Choose another one.";
  };

  openDialog({
    title: "Make a template",
    body: (close) => [
      h(
        "form",
        {
          novalidate: true,
          on: {
            submit: (/** @type {Event} */ event) => {
              event.preventDefault();
              if (!validate([[name, problem]])) return;
              addTemplate(name.control.value.trim(), from);
              close();
              templateCreated();
              navigate("/templates");
              toast("Template saved");
            },
          },
        },
        h(
          "p",
          { class: "dialog-lead" },
          "Customer, lines, VAT and note are kept. Number and dates are new each time.",
        ),
        name.element,
        h(
          "div",
          { class: "dialog-actions" },
          h("button", { class: "button primary", type: "submit" }, "Save template"),
          h("button", { class: "button", type: "button", on: { click: close } }, "Cancel"),
        ),
      ),
    ],
  });
}
