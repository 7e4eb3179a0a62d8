/** The demo product with the widget in it, and what a person does there. */
import { readdir } from "node:fs/promises";
import { document, inRepository, startCollector } from "./collector.mjs";

/**
 * @param {string[]} content names of files in `www/content`
 */
export async function startDemo(content = ["getting-started", "template-tip"]) {
  const collector = await startCollector({ site: inRepository("www/demo") });
  const documents = content.map((name) => document(`www/content/${name}.json`));
  await collector.publish(...(await Promise.all(documents)));
  return collector;
}

/** All that the demo has. */
export async function startWholeDemo() {
  const files = await readdir(inRepository("www/content"));
  return startDemo(files.map((file) => file.replace(".json", "")));
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
