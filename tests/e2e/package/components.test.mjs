/** The wrappers for React and Vue, in applications that use them. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { serveHost } from "../../hosts/serve.mjs";
import { eventually, launch, openPage } from "../browser.mjs";
import { inRepository, startCollector } from "../collector.mjs";
import { rows } from "../database.mjs";
import { CHECKLIST } from "../probe.mjs";

describe("the wrappers", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;

  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  /**
   * @param {import("node:test").TestContext} t
   * @param {string} framework
   */
  async function open(t, framework) {
    const collector = await startCollector();
    t.after(collector.stop);
    await collector.publish(CHECKLIST);
    const host = await serveHost({
      root: inRepository("target/hosts/package/vite"),
      collector: collector.url,
      rewrite: (text) => text.replaceAll("WRITE_KEY", collector.writeKey),
    });
    t.after(host.close);
    const page = await openPage(browser);
    t.after(() => page.context().close());
    await page.goto(`${host.url}/${framework}.html`);
    await page.widget.launcher.waitFor();
    /** @param {string} name */
    const press = (name) => page.getByRole("button", { name, exact: true }).click();
    /** What the collector was told of people: whom, and their traits. */
    const told = async () => {
      const found = await rows(
        collector,
        `SELECT kind, coalesce(account, user_id) AS id, properties FROM events
         WHERE kind IN ('identify', 'group') ORDER BY at, seq`,
      );
      return found.map(({ kind, id, properties }) => [kind, id, JSON.parse(properties)]);
    };
    return { page, collector, press, told };
  }

  for (const [framework, mounts] of /** @type {[string, number][]} */ ([
    // Its strict mode has every effect run twice.
    ["react", 2],
    ["vue", 1],
  ])) {
    test(`${framework}: who is there is told once, and again when it changes`, async (t) => {
      const { page, press, told } = await open(t, framework);
      for (const name of ["Same", "Same", "Upgrade", "Sign out", "Grace"]) await press(name);
      const expected = [
        ["identify", "ada", { plan: "trial" }],
        ["group", "acme", { seats: 12 }],
        ["identify", "ada", { plan: "pro" }],
        ["identify", "grace", { plan: "trial" }],
        ["group", "acme", { seats: 12 }],
      ];
      await eventually(told, (found) => found.length >= expected.length);
      // What is told too often would come beside it.
      await page.waitForTimeout(1_000);
      assert.deepEqual(await told(), expected);
      assert.deepEqual(page.problems, []);
    });

    test(`${framework}: who signs in after somebody has signed out is nobody of before`, async (t) => {
      const { collector, press } = await open(t, framework);
      await press("Sign out");
      await press("Grace");
      const browsers = await eventually(
        () =>
          rows(
            collector,
            `SELECT DISTINCT user_id AS user, anonymous_id AS browser FROM events
             WHERE kind = 'identify'`,
          ),
        (found) => found.length >= 2,
      );
      assert.deepEqual(
        browsers.map(({ user }) => user),
        ["ada", "grace"],
      );
      assert.notEqual(browsers[0]?.["browser"], browsers[1]?.["browser"]);
    });

    test(`${framework}: what a component does when it is mounted is done by the user`, async (t) => {
      const { collector } = await open(t, framework);
      const found = await eventually(
        () => rows(collector, "SELECT user_id AS user FROM events WHERE name = 'Page Mounted'"),
        (found) => found.length >= mounts,
      );
      assert.deepEqual(found, Array(mounts).fill({ user: "ada" }));
    });

    test(`${framework}: a component is called back once, by its latest callback`, async (t) => {
      const { page, press } = await open(t, framework);
      await press("Pressed 0 times");
      await page.getByRole("button", { name: "Pressed 1 times" }).waitFor();
      await page.evaluate(() => window.headstart?.("track", "Thing Done"));
      const told = () => page.evaluate(() => /** @type {any} */ (window).told);
      await eventually(told, (told) => told.length >= 2);
      const [first, second, ...more] = await told();
      assert.match(first, /^press /);
      assert.deepEqual([second, ...more], ["track 1"]);
    });

    test(`${framework}: a component that has left is called back no more`, async (t) => {
      const { page, press } = await open(t, framework);
      await press("Leave");
      await page.getByRole("button", { name: "Pressed 0 times" }).waitFor({ state: "detached" });
      await page.evaluate(() => window.headstart?.("track", "Thing Done"));
      await eventually(
        () => page.widget.launcher.textContent(),
        (text) => text?.includes("1 of 2 done") ?? false,
      );
      assert.deepEqual(await page.evaluate("window.told"), []);
    });
  }
});
