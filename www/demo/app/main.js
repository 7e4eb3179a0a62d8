import { openBankDialog } from "./bank-dialog.js";
import { identify, onExplainBank, signedOut } from "./onboarding.js";
import { customersPage } from "./pages/customers.js";
import { dashboardPage } from "./pages/dashboard.js";
import { invoicesPage } from "./pages/invoices.js";
import { newInvoicePage } from "./pages/new-invoice.js";
import { notFoundPage } from "./pages/not-found.js";
import { settingsPage } from "./pages/settings.js";
import { signedOutScreen } from "./pages/signed-out.js";
import { templatesPage } from "./pages/templates.js";
import { navigate, refresh, startRouter } from "./router.js";
import { shell } from "./shell.js";
import { current, onOtherTab, startTrial, update } from "./store.js";
import { mountToasts } from "./toast.js";

/** @typedef {import("./router.js").Place} Place */

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const frame = shell(signOut);

/** @type {Record<string, (place: Place) => { title: string, node: Node }>} */
const ROUTES = {
  "/": dashboardPage,
  "/customers": customersPage,
  "/invoices": invoicesPage,
  "/invoices/new": newInvoicePage,
  "/templates": templatesPage,
  "/settings": () => settingsPage({ saved: () => frame.update("/settings") }),
};

/**
 * @param {Place} place
 * @param {boolean} moved the user came here within the page, so the focus must follow
 */
function show(place, moved) {
  if (!current().signedIn) {
    document.title = "Signed out · Counterfoil";
    root.replaceChildren(signedOutScreen({ signIn, startTrial: newTrial }));
  } else {
    const { title, node } = (ROUTES[place.path] ?? notFoundPage)(place);
    document.title = `${title} · Counterfoil`;
    frame.main.replaceChildren(node);
    frame.update(place.path);
    if (!frame.element.isConnected) root.replaceChildren(frame.element);
  }
  if (moved) root.querySelector("h1")?.focus({ preventScroll: true });
}

function signIn() {
  update((book) => {
    book.signedIn = true;
  });
  identify();
  navigate("/");
}

function newTrial() {
  startTrial();
  signIn();
}

function signOut() {
  update((book) => {
    book.signedIn = false;
  });
  signedOut();
  navigate("/");
}

if (new URLSearchParams(location.search).get("dir") === "rtl") document.documentElement.dir = "rtl";
mountToasts();
startRouter(show);
onOtherTab(() => {
  // What is being typed here matters more than what changed there.
  if (!document.querySelector("form")) refresh();
});
onExplainBank(openBankDialog);
if (current().signedIn) identify();
