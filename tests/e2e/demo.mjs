/** The demo product with the widget in it, and what a person does there. */
import { document, inRepository, startCollector } from "./collector.mjs";

export async function startDemo() {
  const collector = await startCollector({ site: inRepository("www/demo") });
  await collector.publish(
    await document("www/content/getting-started.json"),
    await document("www/content/template-tip.json"),
  );
  return collector;
}

/** Writes an invoice, from wherever in the demo. @param {import("playwright-core").Page} page */
export async function writeInvoice(page) {
  await page.getByRole("link", { name: "New invoice" }).first().click();
  await fillInvoice(page);
}

/** Fills in the form for a new invoice. @param {import("playwright-core").Page} page */
export async function fillInvoice(page) {
  await page.getByLabel("Customer", { exact: true }).selectOption({ index: 1 });
  await page.getByLabel("Description").first().fill("Design work");
  await page.getByLabel("Price").first().fill("480");
  await page.getByRole("button", { name: "Create invoice" }).click();
  await page.waitForURL(/\/invoices\?created=/);
}

/**
 * The customer's own server tells of the bank, as the README's curl line does.
 *
 * @param {import("./collector.mjs").Collector} collector
 */
export async function connectBank(collector) {
  const response = await collector.send("/v1/track", { userId: "user-1", event: "Bank Connected" });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}
