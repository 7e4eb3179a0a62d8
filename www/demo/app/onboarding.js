import { account, current } from "./store.js";

/** All that Counterfoil says to Headstart: who is here, and what they have done. */

/** @param {...unknown} call */
function headstart(...call) {
  // Looked up at each call: the snippet's queue is replaced by the widget once it has loaded.
  const page = /** @type {Window & { headstart?: (...call: unknown[]) => void }} */ (window);
  page.headstart?.(...call);
}

/** Tells who is signed in; again whenever a trait has changed. */
export function identify() {
  const { companyName, currency } = current().settings;
  const { userId, accountId, plan } = account();
  const company = companyName ? { company_name: companyName } : {};
  headstart("identify", userId, { name: "Account owner", plan, ...company });
  headstart("group", accountId, { name: companyName || "Trial account", plan, currency });
}

/**
 * @param {number} amount in units of the currency
 * @param {string} currency ISO 4217
 */
export function invoiceCreated(amount, currency) {
  headstart("track", "Invoice Created", { amount, currency });
}

/** @param {number} total how many customers there are now */
export function customerAdded(total) {
  headstart("track", "Customer Added", { total });
}

export function templateCreated() {
  headstart("track", "Template Created");
}

/** @param {() => void} explain */
export function onExplainBank(explain) {
  headstart("on", "action:explain-bank", explain);
}

/** Forgets who was signed in. */
export function signedOut() {
  headstart("reset");
}

/**
 * The command with which the product's own server would report a connected bank account.
 *
 * @returns {string}
 */
export function bankConnectedCommand() {
  const script = /** @type {HTMLScriptElement | null} */ (
    document.querySelector("script[data-write-key]")
  );
  const writeKey = script?.dataset.writeKey ?? "WRITE_KEY";
  const collector = new URL(".", script?.src ?? location.href).href;
  const event = JSON.stringify({ userId: account().userId, event: "Bank Connected" });
  return [
    `curl -u '${writeKey}:' ${collector}v1/track \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${event}'`,
  ].join("\n");
}
