import { openDialog } from "./dialog.js";
import { field, input, validate } from "./field.js";
import { h } from "./h.js";
import { customerAdded } from "./onboarding.js";
import { addCustomer, current } from "./store.js";
import { toast } from "./toast.js";

/** @param {(customer: import("./store.js").Customer) => void} added */
export function openCustomerDialog(added) {
  const name = field({ label: "Company", control: input({ autofocus: true }) });
  const email = field({
    label: "Email for invoices",
    control: input({ type: "email", inputmode: "email" }),
  });
  const city = field({ label: "City", optional: true, control: input() });

  /** @param {string} value */
  const nameProblem = (value) => {
    if (!value) return "Enter the company’s name.";
    const known = current().customers.some(
      (customer) => customer.name.toLowerCase() === value.toLowerCase(),
    );
    return known && "You already have a customer with this name.";
  };
  /** @param {string} value */
  const emailProblem = (value) =>
    !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) && "Enter an address like accounts@company.example.";

  openDialog({
    title: "Add a customer",
    body: (close) => [
      h(
        "form",
        {
          novalidate: true,
          on: {
            submit: (/** @type {Event} */ event) => {
              event.preventDefault();
              const good = validate([
                [name, nameProblem],
                [email, emailProblem],
              ]);
              if (!good) return;
              const customer = addCustomer({
                name: name.control.value.trim(),
                email: email.control.value.trim(),
                city: city.control.value.trim(),
              });
              close();
              customerAdded(current().customers.length);
              toast(`${customer.name} added`);
              added(customer);
            },
          },
        },
        name.element,
        email.element,
        city.element,
        h(
          "div",
          { class: "dialog-actions" },
          h("button", { class: "button primary", type: "submit" }, "Add customer"),
          h("button", { class: "button", type: "button", on: { click: close } }, "Cancel"),
        ),
      ),
    ],
  });
}
