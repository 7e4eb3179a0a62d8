/** The demo's states, each looked through by axe. */
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { serveSite } from "../../../hosts/access/host.mjs";
import { document, inRepository, startCollector } from "../../collector.mjs";
import { eventually } from "../../eventually.mjs";

/** How long anything may take on a busy machine, milliseconds. */
const WITHIN = 60_000;

/**
 * From where one was to the next state: a path of the demo to open, what is pressed, and what there is
 * then.
 *
 * @type {{ name: string, path?: string, press?: string[], shows: string }[]}
 */
const STATES = [
  { name: "welcome", path: "/", shows: ".modal" },
  { name: "first step", press: [".modal .foot .button"], shows: ".place" },
  { name: "second step", path: "/invoices", shows: ".veil[data-block]" },
  { name: "third step", press: [".foot .button"], shows: ".foot .tool" },
  { name: "last step", press: [".foot .button"], shows: "[data-centred]" },
  { name: "launcher", press: [".foot .button"], shows: ".launcher" },
  { name: "mark of a hint", path: "/invoices", shows: ".beacon" },
  { name: "note", path: "/settings", shows: "[data-form=inline]" },
  { name: "menu", press: ["[data-form=inline] summary"], shows: "[data-form=inline] .menu" },
  { name: "panel", path: "/customers", press: [".launcher"], shows: ".panel" },
  { name: "task", press: [".task:nth-child(1) h3 button"], shows: ".body .button" },
  { name: "locked task", press: [".task:nth-child(2) h3 button"], shows: ".lock-reason" },
  { name: "question", press: ["[data-dismiss]"], shows: ".question" },
];

/** @param {import("../../engines.mjs").Browser} browser */
export async function lookThroughDemo(browser) {
  const collector = await startCollector();
  const files = await readdir(inRepository("www/content"));
  await collector.publish(
    ...(await Promise.all(files.map((file) => document(`www/content/${file}`)))),
  );
  const { url, writeKey } = collector;
  const host = await serveSite(inRepository("www/demo"), { collector: url, writeKey });
  try {
    const tab = await browser.open(host.url);
    await tab.press("Shift");
    const found = [];
    for (const { name, path, press = [], shows } of STATES) {
      if (path && path !== "/") await tab.go(host.url + path);
      await tab.look();
      for (const selector of [...press, shows]) {
        await eventually(() => tab.run(isSeen, selector), Boolean, {
          within: WITHIN,
          what: `${selector} of the ${name}`,
        });
        if (selector !== shows) await tab.run(click, selector);
      }
      const faults = await tab.run(look);
      found.push(...faults.map((fault) => `${name}: ${fault}`));
    }
    await tab.close();
    assert.deepEqual(found, []);
  } finally {
    await host.close();
    await collector.stop();
  }
}

/** What is wrong with what is on screen. Runs in the page. */
async function look() {
  const { findings } = await import(/** @type {string} */ ("/access/findings.js"));
  return /** @type {string[]} */ (await findings(window, ["axe", "targets"]));
}

/** Whether there is that. Runs in the page. @param {string} selector */
function isSeen(selector) {
  return [...window.document.querySelectorAll("[data-headstart]")].some(({ shadowRoot }) =>
    shadowRoot?.querySelector(selector)?.checkVisibility({ visibilityProperty: true }),
  );
}

/** Runs in the page. @param {string} selector */
function click(selector) {
  for (const { shadowRoot } of window.document.querySelectorAll("[data-headstart]")) {
    const found = /** @type {HTMLElement | null | undefined} */ (
      shadowRoot?.querySelector(selector)
    );
    if (found) return found.click();
  }
}
