/** All that the demo shows, used as a person would. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { violations } from "./axe.mjs";
import { eventually, launch, openPage } from "./browser.mjs";
import { connectBank, fillInvoice, startDemo, startWholeDemo } from "./demo.mjs";

/** How long anything may take on a busy machine, milliseconds. */
const WITHIN = 20_000;

/** The steps of the tour, by their headings. */
const STEPS = {
  invoices: "All your invoices live here",
  begin: "This is where one begins",
  templates: "What you bill again and again",
  done: "That is all there is to it",
};

/** @typedef {Awaited<ReturnType<typeof openPage>>} Page */

/** A card, by its heading. @param {Page} page @param {string} title */
const card = (page, title) =>
  page.widget.tip.filter({ has: page.getByRole("heading", { name: title }) });

/** @param {Page} page @param {string} title */
const isUp = (page, title) => card(page, title).waitFor({ timeout: WITHIN });

/** @param {Page} page @param {string} title */
const isGone = (page, title) => card(page, title).waitFor({ state: "hidden", timeout: WITHIN });

/** @param {Page} page @param {string} name */
const press = (page, name) => page.widget.tip.getByRole("button", { name, exact: true }).click();

/** Waits until the collector knows of so many events. @param {any} collector @param {(found: any) => boolean} good */
const known = (collector, good) =>
  eventually(() => collector.admin("/api/v1/metrics/activation?content=getting-started"), good, {
    within: WITHIN,
  });

/** What the first checklist asks for, and nothing else. @param {import("./collector.mjs").Collector} collector */
async function finishFirst(collector) {
  for (const event of ["Invoice Created", "Bank Connected"]) {
    const sent = await collector.send("/v1/track", { userId: "user-1", event });
    assert.ok(sent.ok, await sent.text());
  }
}

describe("the demo's experiences", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startDemo>>} */
  let collector;
  /** @type {Page} */
  let page;

  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());
  beforeEach(async () => {
    collector = await startWholeDemo();
    page = await openPage(browser, { reducedMotion: "reduce" });
  });
  afterEach(async () => {
    assert.deepEqual(page.problems, []);
    await page.context().close();
    await collector.stop();
  });

  /** Opens the demo, and lets the welcome be. @param {string} [path] */
  async function openQuietly(path = "/") {
    await page.goto(collector.url);
    await isUp(page, "Welcome");
    await press(page, "Not now");
    await isGone(page, "Welcome");
    if (path !== "/") await page.goto(collector.url + path);
    await page.widget.launcher.waitFor();
  }

  /** Goes as far as the tour's second step. */
  async function openTour() {
    await page.goto(collector.url);
    await isUp(page, "Welcome");
    await press(page, "Show me around");
    await isUp(page, STEPS.invoices);
  }

  test("the welcome calls the user by their name and starts the tour, which leads over two pages to its end", async () => {
    await page.goto(collector.url);
    await isUp(page, "Welcome, Account owner");
    await press(page, "Show me around");
    await isUp(page, STEPS.invoices);
    await isGone(page, "Welcome");
    await page.locator("[data-hs=nav-invoices]").click();
    await page.waitForURL(/\/invoices$/);
    await isUp(page, STEPS.begin);
    await card(page, STEPS.begin).getByText("2 of 4").waitFor();
    await press(page, "Next");
    await isUp(page, STEPS.templates);
    await press(page, "Next");
    await isUp(page, STEPS.done);
    await press(page, "Done");
    await isGone(page, STEPS.done);
    // What follows it is the checklist.
    await page.widget.launcher.getByText("Get started").waitFor({ timeout: WITHIN });
    await page.reload();
    await page.widget.launcher.waitFor();
    for (const title of ["Welcome", ...Object.values(STEPS)]) {
      assert.equal(await card(page, title).count(), 0, title);
    }
  });

  test("the tour is resumed where it was left, and Back goes back", async () => {
    await openTour();
    await page.locator("[data-hs=nav-invoices]").click();
    await isUp(page, STEPS.begin);
    await press(page, "Next");
    await isUp(page, STEPS.templates);
    await page.reload();
    await isUp(page, STEPS.templates);
    await press(page, "Back");
    await isUp(page, STEPS.begin);
    await press(page, "Next");
    await isUp(page, STEPS.templates);
  });

  test("a spotlight that blocks takes the clicks on its target, one that does not lets them through", async () => {
    await openTour();
    const over = (/** @type {string} */ selector) =>
      page.locator(selector).evaluate((target) => {
        const { left, top, width, height } = target.getBoundingClientRect();
        const found = document.elementFromPoint(left + width / 2, top + height / 2);
        return found !== null && target.contains(found);
      });
    assert.equal(await over("[data-hs=nav-invoices]"), true);
    assert.equal(await over("[data-hs=nav-templates]"), false);
    await page.locator("[data-hs=nav-invoices]").click();
    await isUp(page, STEPS.begin);
    await eventually(
      () => over('main a[href="/invoices/new"]'),
      (reached) => !reached,
    );
  });

  test("the tour is gone through with the keyboard alone", async () => {
    await page.goto(collector.url);
    await isUp(page, "Welcome");
    /**
     * Goes on by Tab to something of the widget, and presses it. It comes after its target, but Tab may be there before
     * the application has drawn its page, and goes around once more then: it has about 30 places.
     *
     * @param {string} name
     */
    const reach = async (name) => {
      for (let step = 0; step < 100; step += 1) {
        const focused = await page.evaluate(() => {
          const root = document.querySelector("[data-headstart]")?.shadowRoot;
          const active = root?.activeElement;
          return active?.getAttribute("aria-label") ?? active?.textContent?.trim() ?? "";
        });
        if (focused === name) return page.keyboard.press("Enter");
        await page.keyboard.press("Tab");
      }
      assert.fail(`${name} was not reached by Tab`);
    };
    await reach("Show me around");
    await isUp(page, STEPS.invoices);
    await page.locator("[data-hs=nav-invoices]").focus();
    await page.keyboard.press("Enter");
    await isUp(page, STEPS.begin);
    await reach("Next");
    await isUp(page, STEPS.templates);
    await reach("Next");
    await isUp(page, STEPS.done);
    await reach("Done");
    await isGone(page, STEPS.done);
  });

  test("Escape ends the tour, for good", async () => {
    await openTour();
    await page.widget.tip.getByRole("button", { name: "Close" }).focus();
    await page.keyboard.press("Escape");
    await isGone(page, STEPS.invoices);
    await page.reload();
    await page.widget.launcher.waitFor();
    assert.equal(await page.widget.tip.filter({ hasText: STEPS.invoices }).count(), 0);
  });

  test("the hint opens from its mark and goes back into it", async () => {
    await openQuietly("/invoices");
    const beacon = page.widget.host.locator(".beacon");
    await beacon.waitFor({ timeout: WITHIN });
    assert.equal(await card(page, "See it as your customer does").count(), 0);
    await beacon.click();
    await isUp(page, "See it as your customer does");
    assert.equal(await beacon.getAttribute("aria-expanded"), "true");
    await page.keyboard.press("Escape");
    await isGone(page, "See it as your customer does");
    await beacon.waitFor();
  });

  test("the note stands in the page itself, after its element, and closing it is for good", async () => {
    const title = "What stands here is printed on every invoice";
    await openQuietly("/settings");
    await isUp(page, title);
    const [head, note] = [
      await page.locator(".page-head").boundingBox(),
      await card(page, title).boundingBox(),
    ];
    assert.ok(head && note && note.y >= head.y + head.height - 1, JSON.stringify([head, note]));
    assert.match((await page.widget.tip.getByRole("link").getAttribute("rel")) ?? "", /noopener/);
    await card(page, title).getByRole("button", { name: "Close" }).click();
    await isGone(page, title);
    await page.reload();
    await page.widget.launcher.waitFor();
    assert.equal(await card(page, title).count(), 0);
  });

  test("the banner comes in the second session, and Later is until tomorrow", async () => {
    const title = "You are on trial.";
    await openQuietly();
    assert.equal(await card(page, title).count(), 0);
    const sessions = () => collector.admin("/api/v1/metrics/sessions");
    await eventually(sessions, ({ count }) => count === 1, { within: WITHIN });

    // Another browser is another session.
    const second = await openPage(browser);
    await second.goto(collector.url);
    await isUp(second, title);
    await press(second, "Later");
    await isGone(second, title);
    await second.reload();
    await second.widget.launcher.waitFor();
    assert.equal(await card(second, title).count(), 0);
    assert.deepEqual(second.problems, []);
    await second.context().close();
  });

  test("what was closed on one device is closed on the other, and a tour goes on there", async () => {
    await openTour();
    await page.locator("[data-hs=nav-invoices]").click();
    await isUp(page, STEPS.begin);
    await press(page, "Next");
    await isUp(page, STEPS.templates);
    await known(collector, ({ started }) => started >= 0);
    const other = await openPage(browser);
    await eventually(
      async () => {
        await other.goto(`${collector.url}/invoices`);
        await other.widget.launcher.waitFor();
        return other.widget.tip.allTextContents();
      },
      (texts) => texts.some((text) => text.includes(STEPS.templates)),
      { within: WITHIN, what: "the tour on the other device" },
    );
    assert.equal(await card(other, "Welcome").count(), 0);
    await other.context().close();
  });

  test("the second checklist follows the first: in order, skipped, marked as done, undone", async () => {
    await finishFirst(collector);
    await openQuietly();
    await page.evaluate(() => {
      const { headstart } = /** @type {any} */ (window);
      for (const task of ["preview-invoice", "company-name", "see-templates"]) {
        headstart("complete", "getting-started", task);
      }
    });
    await page.widget.launcher.getByText("Get started").waitFor();
    await page.widget.launcher.click();
    await page.widget.panel.getByText("You are all set").waitFor({ timeout: WITHIN });
    await page.widget.button("Hide checklist").click();

    await page.widget.launcher.getByText("Get paid faster").waitFor({ timeout: WITHIN });
    await page.widget.launcher.click();
    // In order: what is not its turn is locked.
    await page.widget.task("Add a customer of your own").click();
    await page.widget.panel.getByText("“Keep an invoice as a template” first").waitFor();
    await page.widget.task("Keep an invoice as a template").click();
    await page.widget.button("Go to templates").click();
    await page.waitForURL(/\/templates$/);
    await page
      .getByRole("button", { name: /template/i })
      .first()
      .click();
    await page.getByRole("button", { name: "Save template" }).click();
    await eventually(
      () => page.widget.launcher.textContent(),
      (text) => text?.includes("1 of 3 done") ?? false,
      { within: WITHIN },
    );
    if (!(await page.widget.panel.isVisible())) await page.widget.launcher.click();
    await page.widget.task("Add a customer of your own").click();
    await page.widget.button("Skip").click();
    await page.widget.task(/Add a customer of your own.*Skipped/).waitFor();
    const terms = page.widget.task("Agree on shorter terms");
    if ((await terms.getAttribute("aria-expanded")) !== "true") await terms.click();
    await page.widget.button("Mark as done").waitFor();

    const customer = page.widget.task("Add a customer of your own");
    if ((await customer.getAttribute("aria-expanded")) !== "true") await customer.click();
    await page.widget.button("Undo").click();
    await page.widget.task(/Add a customer of your own(?!.*Skipped)/).waitFor();
    if ((await customer.getAttribute("aria-expanded")) !== "true") await customer.click();
    await page.widget.button("Skip").click();
    if ((await terms.getAttribute("aria-expanded")) !== "true") await terms.click();
    await page.widget.button("Mark as done").click();
    await page.widget.panel.getByText("Now invoices all but pay themselves").waitFor();
  });

  test("what is put off until tomorrow stays away, and “No more tips” can be taken back", async () => {
    await openQuietly("/settings");
    const note = "What stands here is printed on every invoice";
    await isUp(page, note);
    await page.widget.tip.getByLabel("More options").click();
    await page.widget.button("Remind me tomorrow").click();
    await isGone(page, note);
    await page.reload();
    await page.widget.launcher.waitFor();
    assert.equal(await card(page, note).count(), 0);

    await page.locator("[data-hs=nav-invoices]").click();
    const beacon = page.widget.host.locator(".beacon");
    await beacon.waitFor({ timeout: WITHIN });
    await beacon.click();
    await page.widget.tip.getByLabel("More options").click();
    await page.widget.button("No more tips").click();
    await beacon.waitFor({ state: "detached" });
    await page.reload();
    await page.widget.launcher.click();
    assert.equal(await beacon.count(), 0);
    await page.widget.button("Show tips again").click();
    await beacon.waitFor({ timeout: WITHIN });
  });

  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`axe finds nothing wrong with any of it, in the ${colorScheme} scheme`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(collector.url);
      await isUp(page, "Welcome");
      assert.deepEqual(await violations(page), [], "modal");
      await press(page, "Show me around");
      await isUp(page, STEPS.invoices);
      assert.deepEqual(await violations(page), [], "first step");
      await page.locator("[data-hs=nav-invoices]").click();
      await isUp(page, STEPS.begin);
      assert.deepEqual(await violations(page), [], "second step");
      await card(page, STEPS.begin).getByRole("button", { name: "Close" }).click();
      await isGone(page, STEPS.begin);
      await page.widget.host.locator(".beacon").click({ timeout: WITHIN });
      assert.deepEqual(await violations(page), [], "hint");
      await page.widget.tip.getByLabel("More options").click();
      assert.deepEqual(await violations(page), [], "menu");
      await page.locator("[data-hs=nav-settings]").click();
      await isUp(page, "What stands here is printed on every invoice");
      assert.deepEqual(await violations(page), [], "note");
      const second = await openPage(browser, { reducedMotion: "reduce", colorScheme });
      await eventually(
        async () => {
          await second.goto(`${collector.url}/customers`);
          await second.widget.launcher.waitFor();
          return second.widget.tip.allTextContents();
        },
        (texts) => texts.some((text) => text.includes("You are on trial.")),
        { within: WITHIN },
      );
      assert.deepEqual(await violations(second), [], "banner");
      await second.context().close();
    });
  }

  for (const [name, dir] of [
    ["from left to right", "ltr"],
    ["from right to left", "rtl"],
  ]) {
    test(`on 320 px, written ${name}, nothing leaves the screen`, async () => {
      await page.setViewportSize({ width: 320, height: 568 });
      await page.addInitScript((dir) => {
        addEventListener("DOMContentLoaded", () => (document.documentElement.dir = String(dir)));
      }, dir);
      const within = async (/** @type {string} */ what) => {
        const boxes = await page.evaluate(() => {
          const root = document.querySelector("[data-headstart]")?.shadowRoot;
          return [...(root?.querySelectorAll(".card, .card button, .card a, .panel") ?? [])]
            .filter((one) => one.checkVisibility({ visibilityProperty: true }))
            .map((one) => {
              const { left, right, top, bottom } = one.getBoundingClientRect();
              return { what: one.className || one.textContent, left, right, top, bottom };
            });
        });
        assert.ok(boxes.length > 0, `${what}: nothing to measure`);
        for (const box of boxes) {
          assert.ok(box.left >= 0 && box.right <= 320, `${what}: ${JSON.stringify(box)}`);
        }
        const [first] = boxes;
        assert.ok(
          first && first.top >= 0 && first.bottom <= 568,
          `${what}: ${JSON.stringify(first)}`,
        );
      };
      await page.goto(collector.url);
      await isUp(page, "Welcome");
      await within("modal");
      await press(page, "Show me around");
      await isUp(page, STEPS.invoices);
      await within("first step");
      await page.evaluate(() => history.pushState(null, "", "/invoices"));
      await page.reload();
      await isUp(page, STEPS.begin);
      await within("second step");
      await press(page, "Next");
      await isUp(page, STEPS.templates);
      await within("third step");
      await press(page, "Next");
      await isUp(page, STEPS.done);
      await within("last step");
      await press(page, "Done");
      await page.widget.launcher.click();
      await page.widget.panel.waitFor();
      await within("panel");
    });
  }
});
