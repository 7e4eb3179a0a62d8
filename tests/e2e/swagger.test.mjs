/** A page nobody here wrote: Swagger UI, as published. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { serveSwagger } from "../hosts/swagger/host.mjs";
import { eventually, launch, openPage } from "./browser.mjs";
import { document, startCollector } from "./collector.mjs";

describe("in Swagger UI", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startCollector>>} */
  let collector;
  /** @type {Awaited<ReturnType<typeof serveSwagger>>} */
  let host;

  before(async () => {
    browser = await launch();
    collector = await startCollector();
    await collector.publish(await document("tests/hosts/swagger/content.json"));
    host = await serveSwagger({ collector: collector.url, writeKey: collector.writeKey });
  });
  after(async () => {
    await host.close();
    await browser.close();
    await collector.stop();
  });

  test("a checklist is done by expanding, trying and executing, and the console stays clean", async () => {
    const page = await openPage(browser);
    await page.goto(host.url);
    await page.widget.launcher.waitFor();
    /** @param {number} done */
    const counted = (done) =>
      eventually(
        () => page.widget.launcher.textContent(),
        (text) => text?.includes(`${done} of 3 done`) ?? false,
        { what: `${done} tasks` },
      );
    await counted(0);
    const operation = page.locator("#operations-Rates-listRates");
    await operation.locator(".opblock-summary-control").click();
    await counted(1);
    await operation.getByRole("button", { name: "Try it out" }).click();
    await counted(2);
    await operation.getByRole("button", { name: "Execute" }).click();
    await operation.locator(".live-responses-table").waitFor();
    await counted(3);
    assert.deepEqual(page.problems, []);

    const metrics = await eventually(
      () => collector.admin("/api/v1/metrics/activation"),
      (found) => found.activated === 1,
      { what: "the activation" },
    );
    assert.equal(metrics.completion_rate, 1);
    await page.context().close();
  });
});
