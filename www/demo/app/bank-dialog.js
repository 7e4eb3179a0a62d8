import { openDialog } from "./dialog.js";
import { h } from "./h.js";
import { icon } from "./icon.js";
import { bankConnectedCommand } from "./onboarding.js";

/** Explains why a bank can't be connected in the browser, and how to pretend it was. */
export function openBankDialog() {
  const command = bankConnectedCommand();
  const code = h("code", null, command);
  const said = h("span", { role: "status", class: "copy-status" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command);
      said.textContent = "Copied";
    } catch {
      getSelection()?.selectAllChildren(code);
      said.textContent = "Selected. Copy it with your keyboard.";
    }
  };

  openDialog({
    title: "Connect your bank",
    class: "bank",
    body: () => [
      h(
        "p",
        { class: "dialog-lead" },
        "A bank confirms a connection to Counterfoil’s server, never to your browser. So this step is done when the server reports it.",
      ),
      h(
        "p",
        null,
        "In this demo you are the server. Run this in a terminal, then come back to this tab:",
      ),
      h("pre", { class: "command", tabindex: "0", dir: "ltr", "aria-label": "Command" }, code),
      h(
        "div",
        { class: "dialog-actions" },
        h(
          "button",
          { class: "button primary", type: "button", on: { click: copy } },
          icon("copy"),
          "Copy command",
        ),
        said,
      ),
    ],
  });
}
