/** Buttons that call the page, in the widget as it is shipped: in a modal, which keeps the page from being used. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { eventually, launch } from "./browser.mjs";
import { openCustomer } from "./customer.mjs";

const MODAL = {
  id: "modal",
  kind: "modal",
  title: "Begin",
  actions: [
    { label: "Import", callback: "import" },
    { label: "Later", close: true },
  ],
};

/** The page's own work, which `settle` ends, well or badly. */
const WORK = `
  headstart("on", "action:import", () => {
    window.calls = (window.calls ?? 0) + 1;
    return new Promise((keep, fail) => { window.settle = (good) => (good ? keep() : fail(new Error("refused"))); });
  });`;

describe("buttons that call the page", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  test("a button is busy, says that it failed, is tried again, and has done its work", async (t) => {
    const { page, recorder } = await openCustomer(t, browser, {
      content: [MODAL],
      body: `<script>${WORK}</script>`,
    });
    const modal = page.getByRole("dialog", { name: "Begin" });
    const button = modal.getByRole("button", { name: "Import" });
    const line = modal.getByRole("status").filter({ hasText: "That didn’t work" });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    assert.equal(await button.getAttribute("aria-busy"), "true");
    assert.equal(await button.getAttribute("aria-disabled"), "true");
    assert.equal(await page.evaluate("calls"), 1);
    await page.evaluate("settle(false)");
    await line.waitFor();
    assert.equal(await button.getAttribute("aria-busy"), null);
    await eventually(
      async () => page.problems,
      (problems) => problems.some((one) => one.includes("refused")),
      { what: "the page to hear of it" },
    );
    page.problems.length = 0;
    // Focus has stayed where it was.
    await page.keyboard.press("Enter");
    await line.waitFor({ state: "detached" });
    assert.equal(await page.evaluate("calls"), 2);
    await page.evaluate("settle(true)");
    await modal.waitFor({ state: "detached" });
    await eventually(
      async () => recorder.messages().map(({ event }) => event),
      (events) => events.filter((event) => event === "Modal Completed").length === 1,
      { what: "that it is told once" },
    );
  });
});
