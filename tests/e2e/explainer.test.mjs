/** The explainer: why each piece of content is not shown. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { launch, openPage } from "./browser.mjs";
import { startDemo, startWholeDemo } from "./demo.mjs";

/** How long anything may take on a busy machine, milliseconds. */
const WITHIN = 20_000;

describe("the explainer", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startDemo>>} */
  let collector;
  /** @type {Awaited<ReturnType<typeof openPage>>} */
  let page;

  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());
  beforeEach(async () => {
    collector = await startWholeDemo();
    page = await openPage(browser);
  });
  afterEach(async () => {
    await page.context().close();
    await collector.stop();
  });

  const explainer = () => page.locator("[data-headstart=explainer]");

  /** What it says of a piece of content. @param {string} id @param {string | RegExp} why */
  const says = (id, why) =>
    explainer()
      .locator(`details[data-id="${id}"] .why`)
      .filter({ hasText: why })
      .waitFor({ timeout: WITHIN });

  test("opens at the command, says of each piece why it is not shown, and follows the page", async () => {
    await page.goto(`${collector.url}/customers`);
    await page.getByRole("heading", { name: "Customers" }).first().waitFor();
    // It asks the collector for all there is; which leaves out what the user has closed by then, unless the
    // project allows more.
    const answered = page.waitForResponse(
      (response) => response.request().postData()?.includes('"debug":true') ?? false,
      { timeout: WITHIN },
    );
    await page.evaluate(() => /** @type {any} */ (window).headstart("debug"));
    await explainer().getByText("Headstart: why, and why not").waitFor({ timeout: WITHIN });
    await answered;
    await says("getting-started", "Shown.");
    await says("welcome", "It belongs on another page.");
    await says("settings-note", "It belongs on another page.");
    await says("quick-tour", "What brings it up has not happened");
    await says("get-paid", "It is not meant for this user");
    await says("preview-hint", "Its element is not to be seen");

    // What it covers is reached with the keyboard.
    await page.locator("[data-hs=nav-settings]").focus();
    await page.keyboard.press("Enter");
    await says("settings-note", "Shown.");
    await page.widget.tip.getByRole("button", { name: "Close" }).click();
    await says("settings-note", "The user closed it.");
    await explainer().getByRole("button", { name: "Close" }).click();
    await explainer().waitFor({ state: "detached" });
    assert.deepEqual(page.problems, []);
  });

  test("is opened by the page's address only where the project allows it", async () => {
    const address = `${collector.url}/customers?headstart_debug`;
    await page.goto(address);
    await page.widget.launcher.waitFor();
    assert.equal(await explainer().count(), 0);

    const answer = await fetch(`${collector.url}/api/v1/settings`, {
      method: "PUT",
      headers: {
        authorization: `Bearer ${collector.secretKey}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ debug: true }),
    });
    assert.ok(answer.ok, await answer.text());
    await page.goto(address);
    await says("getting-started", "Shown.");
    assert.deepEqual(page.problems, []);
  });
});
