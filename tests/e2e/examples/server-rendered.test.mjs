/** The examples whose pages a server draws, with forms instead of calls. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { eventually, launch } from "../browser.mjs";
import { rows } from "../database.mjs";
import { openExample } from "./examples.mjs";

describe("the server-rendered example", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;

  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  /**
   * @param {import("node:test").TestContext} t
   * @param {string} example
   */
  async function open(t, example) {
    const opened = await openExample(t, browser, example);
    const { page } = opened;
    return {
      ...opened,
      /** @param {string} name */
      press: (name) => page.getByRole("button", { name, exact: true }).click(),
      /** @param {string} name */
      signIn: async (name) => {
        await page.getByLabel("Name").fill(name);
        await page.getByRole("button", { name: "Sign in" }).click();
        await page.getByRole("button", { name: "Sign out" }).waitFor();
      },
      /** @param {string} text */
      says: (text) =>
        eventually(
          () => page.widget.launcher.textContent(),
          (found) => found?.includes(text) ?? false,
          { what: text },
        ),
    };
  }

  for (const [example, loads] of /** @type {const} */ ([
    ["django", true],
    ["rails", false],
  ])) {
    test(`${example}: what the server tells is done on the next page, and a task leads to another`, async (t) => {
      const { page, collector, press, signIn, says } = await open(t, example);
      await signIn("ada");
      await says("0 of 2 done");
      await press("New project");
      await says("1 of 2 done");

      await page.evaluate("window.sameDocument = true");
      await page.widget.launcher.click();
      await page.widget.task("Invite a colleague").click();
      await page.widget.button("Open the team").click();
      await page.getByRole("heading", { name: "Team" }).waitFor();
      assert.equal(await page.evaluate("window.sameDocument ?? false"), !loads);
      await says("1 of 2 done");

      await page.reload();
      await says("1 of 2 done");
      await press("Invite");
      await says("2 of 2 done");

      const told = await rows(
        collector,
        `SELECT user_id AS user, name FROM events
         WHERE name IN ('Project Created', 'Colleague Invited') ORDER BY at`,
      );
      assert.deepEqual(told, [
        { user: "ada", name: "Project Created" },
        { user: "ada", name: "Colleague Invited" },
      ]);
      assert.deepEqual(page.problems, []);
    });

    test(`${example}: who comes after somebody has signed out is nobody of before`, async (t) => {
      const { page, collector, press, signIn, says } = await open(t, example);
      await signIn("ada");
      await says("0 of 2 done");
      await press("New project");
      await says("1 of 2 done");
      await press("Sign out");
      await page.getByRole("button", { name: "Sign in" }).waitFor();
      // What ada has done is no business of whoever is there now.
      await says("0 of 2 done");
      await signIn("grace");
      await says("0 of 2 done");
      const browsers = await eventually(
        () =>
          rows(
            collector,
            `SELECT DISTINCT user_id AS user, anonymous_id AS browser FROM events
             WHERE kind = 'identify' ORDER BY at`,
          ),
        (found) => found.length >= 2,
      );
      assert.deepEqual(
        browsers.map(({ user }) => user),
        ["ada", "grace"],
      );
      assert.notEqual(browsers[0]?.["browser"], browsers[1]?.["browser"]);
      assert.deepEqual(page.problems, []);
    });
  }

  test("a form without its CSRF token is refused", async (t) => {
    const { host, collector } = await open(t, "django");
    const answer = await fetch(`${host.url}/projects/`, { method: "POST" });
    assert.equal(answer.status, 403);
    assert.deepEqual(
      await rows(collector, "SELECT name FROM events WHERE name = 'Project Created'"),
      [],
    );
  });
});
