import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";
import { serveYew } from "./yew/host.mjs";

/** How many events the page's own handlers got, by its own count. */
const NUMBERS = ["anywhere", "count", "others"];

describe("the host page in Yew", () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {import("./serve.mjs").Host} */
  let host;

  before(async () => {
    host = await serveYew();
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox"],
    });
  });
  after(async () => {
    await browser?.close();
    await host?.close();
  });

  async function open() {
    const page = await browser.newPage();
    await page.goto(host.url);
    await page.locator("#counter").waitFor();
    const numbers = async () => {
      const texts = NUMBERS.map((id) => page.locator(`body > main #${id}`).textContent());
      return (await Promise.all(texts)).map(Number);
    };
    return { page, numbers };
  }

  test("counts a click on its button, and a click on anything", async () => {
    const { page, numbers } = await open();
    await page.locator("#counter").click();
    await page.locator("h1").click();
    assert.deepEqual(await numbers(), [2, 1, 0]);
    await page.locator("#field").press("a");
    assert.deepEqual(await numbers(), [2, 1, 2]);
  });

  // Without this one, a test that the widget's clicks stay away could not fail.
  for (const [mode, expect] of /** @type {const} */ ([
    ["open", "notices"],
    ["closed", "does not notice"],
  ])) {
    test(`${expect} a click in another Yew application in a shadow root that is ${mode}`, async () => {
      const { page, numbers } = await open();
      await page.evaluate(async (mode) => {
        const element = document.body.appendChild(document.createElement("div"));
        const inner = document.createElement("div");
        element.attachShadow({ mode }).append(inner);
        // Another address is another instance, as the widget is.
        const address = "/host.js?another";
        const { default: start, mount } = await import(address);
        await start();
        mount(inner);
        await new Promise((resolve) => setTimeout(resolve, 100));
        for (const button of inner.querySelectorAll("button")) button.click();
      }, mode);
      await page.waitForTimeout(100);
      const noticed = (await numbers()).some((number) => number > 0);
      assert.equal(noticed, mode === "open", String(await numbers()));
    });
  }
});
