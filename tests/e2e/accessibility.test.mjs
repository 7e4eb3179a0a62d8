/** The widget by keyboard, by screen reader, and by those who want nothing to move. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { violations } from "./axe.mjs";
import { eventually, launch, openPage } from "./browser.mjs";
import { startDemo, writeInvoice } from "./demo.mjs";

describe("accessibility", () => {
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
    collector = await startDemo();
    page = await openPage(browser, { reducedMotion: "reduce" });
    await page.goto(collector.url);
    await page.widget.launcher.waitFor();
  });
  afterEach(async () => {
    await page.context().close();
    await collector.stop();
  });

  /** The element that has the focus, in the widget or on the page: its accessible text. */
  const focused = () =>
    page.evaluate(() => {
      const inside = document.querySelector("[data-headstart]")?.shadowRoot?.activeElement;
      const active = inside ?? document.activeElement;
      return {
        inside: Boolean(inside),
        text: active?.getAttribute("aria-label") ?? active?.textContent?.trim() ?? "",
      };
    });

  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`axe finds nothing wrong in any state, in the ${colorScheme} scheme`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      assert.deepEqual(await violations(page), [], "launcher");
      await page.widget.launcher.click();
      await page.widget.task("Create your first invoice").click();
      assert.deepEqual(await violations(page), [], "panel");
      await page.widget.task("See it as your customer does").click();
      assert.deepEqual(await violations(page), [], "locked task");
      await page.widget.button("Hide checklist").click();
      assert.deepEqual(await violations(page), [], "question");
      await page.widget.button("Keep it").click();
      await page.widget.button("Minimize").click();
      await writeInvoice(page);
      await page.widget.tip.waitFor();
      assert.deepEqual(await violations(page), [], "tip");
    });
  }

  test("all of it can be done with the keyboard, and focus goes and comes back as expected", async () => {
    await page.widget.launcher.focus();
    await page.keyboard.press("Enter");
    await page.widget.panel.waitFor();
    assert.equal((await focused()).inside, true, "focus moves into the panel");

    const seen = [];
    for (let step = 0; step < 8; step += 1) {
      await page.keyboard.press("Tab");
      seen.push((await focused()).text);
    }
    for (const title of ["Create your first invoice", "Put your name on it", "Connect your bank"]) {
      assert.ok(
        seen.some((text) => text.startsWith(title)),
        `${title} is reached by Tab: ${seen.join(" / ")}`,
      );
    }

    await page.widget.task("Put your name on it").focus();
    await page.keyboard.press("Enter");
    await page.widget.button("Open settings").waitFor();

    await page.keyboard.press("Escape");
    await page.widget.panel.waitFor({ state: "detached" });
    const back = await focused();
    assert.ok(back.inside && back.text.includes("Get started"), back.text);
  });

  test("the question about hiding takes the focus, and Escape gives it back", async () => {
    await page.widget.launcher.click();
    await page.widget.button("Hide checklist").focus();
    await page.keyboard.press("Enter");
    await page.widget.panel.getByText("Hide this checklist?").waitFor();
    assert.match((await focused()).text, /Hide this checklist\?|^Hide$|Keep it/);
    await page.keyboard.press("Escape");
    await page.widget.panel.getByText("Hide this checklist?").waitFor({ state: "detached" });
    assert.equal((await focused()).text, "Hide checklist");
    assert.equal(await page.widget.panel.count(), 1);
  });

  test("a tip takes no focus from what the user is doing", async () => {
    await writeInvoice(page);
    const before = await focused();
    await page.widget.tip.waitFor();
    assert.deepEqual(await focused(), before);
  });

  test("a task done is said once, politely", async () => {
    const live = page.widget.host.locator("[aria-live=polite], [role=status]");
    await page.widget.launcher.click();
    await page.evaluate(() =>
      /** @type {any} */ (window).headstart("complete", "getting-started", "connect-bank"),
    );
    await eventually(
      () => live.allTextContents(),
      (said) => said.join(" ").includes("Connect your bank"),
      { what: "the announcement" },
    );
    assert.equal((await live.allTextContents()).join(" ").match(/Connect your bank/g)?.length, 1);
  });

  test("with reduced motion nothing is animated, the celebration included", async () => {
    const running = () =>
      page.evaluate(
        () =>
          // A document does not tell of what moves in its shadow roots.
          [...document.querySelectorAll("[data-headstart]")]
            .flatMap((host) => host.shadowRoot?.getAnimations() ?? [])
            .filter((animation) => Number(animation.effect?.getComputedTiming().duration) > 10)
            .length,
      );
    await page.widget.launcher.click();
    assert.equal(await running(), 0);
    await page.evaluate(() => {
      const { headstart } = /** @type {any} */ (window);
      for (const task of [
        "create-invoice",
        "preview-invoice",
        "company-name",
        "see-templates",
        "connect-bank",
      ]) {
        headstart("complete", "getting-started", task);
      }
    });
    await page.widget.panel.getByText("You are all set").waitFor();
    assert.equal(await running(), 0);
    assert.deepEqual(await violations(page), [], "celebration");
  });

  test("on a screen of 320 px nothing is cut off and nothing scrolls sideways", async () => {
    await page.setViewportSize({ width: 320, height: 560 });
    await page.widget.launcher.click();
    await page.widget.task("Create your first invoice").click();
    const panel = await page.widget.panel.boundingBox();
    assert.ok(panel && panel.x >= 0 && panel.x + panel.width <= 320, JSON.stringify(panel));
    const overflow = await page.widget.panel.evaluate(
      (node) => node.scrollWidth - node.clientWidth,
    );
    assert.equal(overflow, 0);
    for (const button of await page.widget.panel.getByRole("button").all()) {
      const box = await button.boundingBox();
      assert.ok(box && box.width >= 24 && box.height >= 24, JSON.stringify(box));
    }
  });
});
