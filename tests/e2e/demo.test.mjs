/** The demo, used as a person would. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { eventually, launch, openPage } from "./browser.mjs";
import { connectBank, fillInvoice, startDemo, writeInvoice } from "./demo.mjs";

describe("the demo", () => {
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
    page = await openPage(browser);
    await page.goto(collector.url);
    await page.widget.launcher.waitFor();
  });
  afterEach(async () => {
    await page.context().close();
    await collector.stop();
  });

  /** @param {string} count such as "2 of 5 done" */
  const counted = (count) =>
    eventually(
      () => page.widget.launcher.textContent(),
      (text) => text?.includes(count) ?? false,
      { what: `the launcher's "${count}"` },
    );

  test("a person does all five tasks and is counted in the metrics", async () => {
    await counted("0 of 5 done");
    await page.widget.launcher.click();
    await page.widget.panel.waitFor();

    await page.widget.task("Create your first invoice").click();
    await page.widget.button("New invoice").click();
    await page.waitForURL(/\/invoices\/new$/);
    await fillInvoice(page);
    await counted("1 of 5 done");

    // The panel has made way for the page.
    await page.widget.launcher.click();
    await page.widget.task("See it as your customer does").click();
    await page.widget.button("Go to invoices").click();
    await page
      .getByRole("button", { name: /^Preview INV-/ })
      .nth(1)
      .click();
    await counted("2 of 5 done");
    await page.keyboard.press("Escape");

    await page.widget.launcher.click();
    await page.widget.task("Put your name on it").click();
    await page.widget.button("Open settings").click();
    await page.getByLabel("Company name").fill("Harbour Bakery");
    await page.getByRole("button", { name: "Save settings" }).click();
    await counted("3 of 5 done");

    await page.widget.launcher.click();
    await page.widget.task("Look at templates").click();
    await page.widget.button("Show templates").click();
    await counted("4 of 5 done");

    await page.widget.launcher.click();
    await connectBank(collector);
    await page.widget.panel.getByText("You are all set").waitFor();

    const metrics = await eventually(
      () => collector.admin("/api/v1/metrics/activation"),
      (found) =>
        found.activated === 1 &&
        found.tasks.every((/** @type {any} */ task) => task.completed === 1),
      { what: "the activation in the metrics" },
    );
    assert.equal(metrics.content, "getting-started");
    assert.equal(metrics.started, 1);
    assert.equal(metrics.tasks.length, 5);
    assert.equal(metrics.completion_rate, 1);
    assert.ok(metrics.median_time_to_activation_ms > 0);
    assert.deepEqual(page.problems, []);

    await page.goto("about:blank");
    const sessions = await eventually(
      () => collector.admin("/api/v1/metrics/sessions"),
      (found) => found.length.median_ms > 0,
      { what: "the session's length" },
    );
    assert.equal(sessions.count, 1);
    assert.ok(sessions.engaged.median_ms <= sessions.length.median_ms);
    assert.equal(sessions.repeat_session_rate, 0);
  });

  test("an action goes through the host's own router, without loading the page", async () => {
    await page.evaluate(() => Object.assign(window, { stillHere: true }));
    await page.widget.launcher.click();
    await page.widget.task("Create your first invoice").click();
    await page.widget.button("New invoice").click();
    await page.getByRole("button", { name: "Create invoice" }).waitFor();
    assert.equal(await page.evaluate(() => Reflect.get(window, "stillHere")), true);
  });

  test("an action can be the host's own callback", async () => {
    await page.widget.launcher.click();
    await page.widget.task("Connect your bank").click();
    await page.widget.button("How it works").click();
    await page.getByRole("dialog").getByText("curl").first().waitFor();
  });

  test("after the first invoice a tip comes up at the templates link, and following it ends it", async () => {
    assert.equal(await page.widget.tip.count(), 0);
    await writeInvoice(page);
    await page.widget.tip.getByText("That was easy. Want to make a template of it?").waitFor();
    const link = await page.locator("[data-hs=nav-templates]").boundingBox();
    const tip = await page.widget.tip.boundingBox();
    assert.ok(link && tip);
    const gap = Math.max(
      tip.x - (link.x + link.width),
      link.x - (tip.x + tip.width),
      tip.y - (link.y + link.height),
      link.y - (tip.y + tip.height),
    );
    assert.ok(gap >= 0 && gap < 40, `the tip is ${gap} px from its target`);

    await page.locator("[data-hs=nav-templates]").click();
    await page.widget.tip.waitFor({ state: "detached" });
    await page.reload();
    await page.widget.launcher.waitFor();
    assert.equal(await page.widget.tip.count(), 0);
  });

  test("progress and what is open survive navigation and reload", async () => {
    await page.widget.launcher.click();
    await page.widget.task("Put your name on it").click();
    await page.getByRole("link", { name: "Templates" }).first().click();
    await counted("1 of 5 done");
    await page.reload();
    await counted("1 of 5 done");
    await page.widget.panel.waitFor();
    await page.widget.button("Open settings").waitFor();
    assert.equal(
      await page.widget.task("Put your name on it").getAttribute("aria-expanded"),
      "true",
    );
  });

  test("progress shows at once though the collector is away, and is counted when it is back", async () => {
    await collector.end("SIGKILL");
    await page.getByRole("link", { name: "Templates" }).first().click();
    await counted("1 of 5 done");
    await collector.restart();
    await eventually(
      async () => {
        // The user comes back to the tab now and then.
        await page.evaluate(() => window.dispatchEvent(new Event("online")));
        return collector.admin("/api/v1/metrics/activation");
      },
      (found) =>
        found.tasks.find((/** @type {any} */ task) => task.id === "see-templates").completed === 1,
      { within: 60_000, what: "the task in the metrics" },
    );
  });

  test("a server's event arrives in the page without a reload, within seconds", async () => {
    await counted("0 of 5 done");
    await connectBank(collector);
    await eventually(
      () => page.widget.launcher.textContent(),
      (text) => text?.includes("1 of 5 done") ?? false,
      { within: 20_000, what: "the task that the server told of" },
    );
  });

  test("what was done on one device is there on the next", async () => {
    await page.getByRole("link", { name: "Templates" }).first().click();
    await counted("1 of 5 done");
    await eventually(
      () => collector.admin("/api/v1/metrics/activation"),
      (found) => found.started === 1,
    );
    const other = await openPage(browser);
    await other.goto(collector.url);
    await eventually(
      () => other.widget.launcher.textContent(),
      (text) => text?.includes("1 of 5 done") ?? false,
    );
    await other.context().close();
  });

  test("another user of the same browser sees nothing of the first one's progress", async () => {
    await page.getByRole("link", { name: "Templates" }).first().click();
    await counted("1 of 5 done");
    await page.getByRole("link", { name: "Customers" }).first().click();
    await page.evaluate(() => {
      const { headstart } = /** @type {any} */ (window);
      headstart("reset");
      headstart("identify", "user-9");
    });
    await page.getByRole("heading", { name: "Customers" }).first().click();
    await counted("0 of 5 done");
  });

  test("dismissing asks once, holds after a reload, and the host can call it back", async () => {
    await page.widget.launcher.click();
    await page.widget.button("Hide checklist").click();
    await page.widget.panel.getByText("Hide this checklist?").waitFor();
    await page.widget.button("Keep it").click();
    await page.widget.button("Hide checklist").click();
    await page.widget.button("Hide").last().click();
    await page.widget.launcher.waitFor({ state: "detached" });

    await eventually(
      () => collector.send("/v1/boot", { anonymousId: "other", userId: "user-1" }),
      (response) => response.ok,
    );
    await page.reload();
    await page.waitForTimeout(1500);
    assert.equal(await page.widget.launcher.count(), 0);

    await page.evaluate(() => /** @type {any} */ (window).headstart("show", "getting-started"));
    await page.widget.panel.waitFor();
    await page.reload();
    await page.widget.panel.waitFor();
  });
});
