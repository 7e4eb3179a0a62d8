import { h } from "./h.js";
import { icon } from "./icon.js";

/**
 * Opens a modal dialog. The browser keeps the focus inside and gives it back.
 *
 * @param {{ title: string, class?: string, body: (close: () => void) => Node[] }} options
 */
export function openDialog({ title, class: name = "", body }) {
  const opener = document.activeElement;
  const dialog = h("dialog", { class: `dialog ${name}`, "aria-labelledby": "dialog-title" });
  const close = () => dialog.close();
  const heading = h("h2", { id: "dialog-title", class: "dialog-title", tabindex: "-1" }, title);

  dialog.append(
    h(
      "div",
      { class: "dialog-head" },
      heading,
      h(
        "button",
        { class: "icon-button", type: "button", "aria-label": "Close", on: { click: close } },
        icon("close"),
      ),
    ),
    h("div", { class: "dialog-body" }, ...body(close)),
  );
  dialog.addEventListener("click", (event) => {
    // Only the backdrop has the dialog itself as target.
    if (event.target === dialog) close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    // The page may have been drawn anew meanwhile, and with it whatever opened the dialog.
    if (opener instanceof HTMLElement && !opener.isConnected) {
      document.querySelector("main")?.focus({ preventScroll: true });
    }
  });
  // Something to read begins at its heading, a form at the field that asks for the focus.
  if (!dialog.querySelector("[autofocus]")) heading.toggleAttribute("autofocus", true);
  document.body.append(dialog);
  dialog.showModal();
}
