/** The gallery: every component of the widget in every state, and each state as a page. */
import { inRepository, startCollector } from "./collector.mjs";
import { GROUPS, STATES } from "../../www/gallery/states.js";

export { GROUPS, STATES };

/**
 * A collector that serves the demo and its gallery.
 *
 * @param {Record<string, string>} [beside] and these folders, by their paths
 */
export function startGallery(beside = {}) {
  return startCollector({
    site: inRepository("www/demo"),
    beside: {
      gallery: inRepository("www/gallery"),
      "gallery/words": inRepository("www/words"),
      ...beside,
    },
  });
}

/**
 * Opens a state, and waits until it is as it should be.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} url the collector's
 * @param {string} name
 * @param {{ theme?: string, language?: string, scheme?: string, direction?: string }} [look]
 */
export async function openState(page, url, name, look = {}) {
  const query = new URLSearchParams({ name, ...look });
  await page.goto(`${url}/gallery/state/?${query}`);
  const root = page.locator("html");
  await page.locator("html:is([data-ready],[data-failed])").waitFor({ timeout: 30_000 });
  const failed = await root.getAttribute("data-failed");
  if (failed !== null) throw new Error(`${name}: ${failed}`);
}
