import { h } from "../h.js";
import { mark } from "../icon.js";

/**
 * The whole screen after signing out.
 *
 * @param {{ signIn: () => void, startTrial: () => void }} actions
 */
export function signedOutScreen({ signIn, startTrial }) {
  return h(
    "main",
    { class: "signed-out" },
    h(
      "div",
      { class: "ticket" },
      h("div", { class: "ticket-stub" }, mark()),
      h(
        "div",
        { class: "ticket-sheet" },
        h("h1", { tabindex: "-1" }, "You are signed out"),
        h("p", null, "Your book is kept in this browser and opens where you left it."),
        h(
          "div",
          { class: "ticket-actions" },
          h(
            "button",
            { class: "button primary", type: "button", on: { click: signIn } },
            "Sign in again",
          ),
          h(
            "button",
            { class: "button", type: "button", on: { click: startTrial } },
            "Start a new trial",
          ),
        ),
      ),
    ),
  );
}
