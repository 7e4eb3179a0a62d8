/** Chromium, and the widget as a user finds it in a page. */
import { chromium } from "playwright-core";

export { eventually } from "./eventually.mjs";

/** Keeps the browser to itself: no updates, no first-run pages, no traffic of its own. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Browser} Browser */

/** @param {string[]} [more] flags for this browser alone */
export function launch(more = []) {
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: [...FLAGS, ...more],
  });
}

/**
 * A page in a browser of its own storage, and a record of what went wrong in it.
 *
 * The widget's shadow root is closed, and so out of a test's sight. Unless `closed`, the page is made
 * to open it; the product has no such switch that a page could reach.
 *
 * @param {Browser} browser
 * @param {import("playwright-core").BrowserContextOptions & { closed?: boolean }} [options]
 */
export async function openPage(browser, { closed = false, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  if (!closed) await context.addInitScript(openShadowRoots);
  const page = await context.newPage();
  return watch(page);
}

/** @param {Page} page */
export function watch(page) {
  /** @type {string[]} */
  const problems = [];
  /** @type {string[]} */
  const requests = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("request", (request) => requests.push(`${request.method()} ${request.url()}`));
  return Object.assign(page, { problems, requests, widget: widget(page) });
}

function openShadowRoots() {
  const attach = Element.prototype.attachShadow;
  /** @this {Element} @param {ShadowRootInit} init */
  Element.prototype.attachShadow = function (init) {
    return attach.call(
      this,
      this.hasAttribute("data-headstart") ? { ...init, mode: "open" } : init,
    );
  };
}

/** The widget's parts. @param {Page} page */
function widget(page) {
  const host = page.locator("[data-headstart]");
  const panel = host.locator(".panel");
  return {
    host,
    /** The button that opens the panel. */
    launcher: host.locator(".launcher"),
    /** The checklist's panel. */
    panel,
    /** The tip. */
    tip: host.locator(".card"),
    /** A task's heading button, by its title. @param {string | RegExp} title */
    task: (title) => panel.getByRole("listitem").getByRole("button", { name: title }),
    /** A button of the widget. @param {string | RegExp} name */
    button: (name) => host.getByRole("button", { name }),
  };
}
