/** The examples that draw themselves in the browser, and the plain one. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { eventually, launch } from "../browser.mjs";
import { rows } from "../database.mjs";
import { openExample } from "./examples.mjs";

/** Each, and whether its pages are documents of their own. @type {[string, boolean][]} */
const EXAMPLES = [
  ["html", true],
  ["react", false],
  ["vue", false],
  ["svelte", false],
  ["angular", false],
  ["next", false],
  ["yew", false],
];

/** What only the explainer's file says, and only the glue's. */
const IN_EXPLAINER = "The user has not looked at this page yet.";
const IN_GLUE = "WebAssembly.instantiateStreaming";

/**
 * The scripts that a page has asked for and that have a text in them. How many it asks for says nothing: a framework
 * fetches ahead what its links lead to, whenever it finds the time.
 *
 * @param {Awaited<ReturnType<typeof import("../browser.mjs").openPage>>} page
 * @param {string} text
 */
async function scriptsWith(page, text) {
  const asked = new Set(
    page.requests.flatMap((request) => /^GET (.*\.js)$/.exec(request)?.[1] ?? []),
  );
  const found = [];
  for (const url of asked) {
    const answer = await page.context().request.get(url);
    if ((await answer.text()).includes(text)) found.push(url);
  }
  return found;
}

describe("the example", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;

  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  for (const [example, loads] of EXAMPLES) {
    test(`${example}: the checklist is done, over a change of the page and a reload`, async (t) => {
      const { page, collector } = await openExample(t, browser, example);
      const { launcher, panel } = page.widget;
      /** @param {string} text */
      const says = (text) =>
        eventually(
          () => launcher.textContent(),
          (found) => found?.includes(text) ?? false,
          { what: text },
        );
      await launcher.waitFor();
      await says("0 of 2 done");
      await page.getByRole("button", { name: "New project" }).click();
      await says("1 of 2 done");

      await page.evaluate("window.sameDocument = true");
      await launcher.click();
      await page.widget.task("Invite a colleague").click();
      await page.widget.button("Open the team").click();
      await page.getByRole("heading", { name: "Team" }).waitFor();
      assert.equal(await page.evaluate("window.sameDocument ?? false"), !loads);
      await says("1 of 2 done");

      await page.reload();
      await page.getByRole("heading", { name: "Team" }).waitFor();
      await says("1 of 2 done");
      await page.getByRole("button", { name: "Invite" }).click();
      await says("2 of 2 done");
      assert.ok((await panel.count()) <= 1);

      const told = await eventually(
        () =>
          rows(
            collector,
            `SELECT user_id AS user, name FROM events
             WHERE name IN ('Project Created', 'Colleague Invited') ORDER BY at`,
          ),
        (found) => found.length >= 2,
      );
      assert.deepEqual(told, [
        { user: "ada", name: "Project Created" },
        { user: "ada", name: "Colleague Invited" },
      ]);
      assert.deepEqual(page.problems, []);
    });
  }

  // Bundlers that only an example is built with; the others are in tests/e2e/package.
  for (const example of ["angular", "next"]) {
    test(`${example}: the wasm is asked for once, after the collector was; the explainer when it is wanted`, async (t) => {
      const { page } = await openExample(t, browser, example);
      await page.widget.launcher.waitFor();
      const asked = page.requests.filter((request) => /\.wasm|\/v1\/boot/.test(request));
      assert.match(asked[0] ?? "", /\/v1\/boot$/);
      assert.equal(asked.filter((request) => /\.wasm/.test(request)).length, 1);

      assert.deepEqual(await scriptsWith(page, IN_EXPLAINER), []);
      await page.evaluate(() => void window.headstart?.("debug"));
      const explainer = page.locator("[data-headstart=explainer]");
      await explainer.getByText("getting-started").first().waitFor();
      assert.equal((await scriptsWith(page, IN_EXPLAINER)).length, 1);
      assert.deepEqual(page.problems, []);
    });

    test(`${example}: with nothing to show, neither glue nor wasm is fetched`, async (t) => {
      const { page } = await openExample(t, browser, example, { content: [] });
      await eventually(
        () => page.requests.some((request) => request.endsWith("/v1/boot")),
        Boolean,
      );
      // Longer than the loader gathers calls and waits for an idle moment.
      await page.waitForTimeout(1_000);
      const names = page.requests.join(" ");
      assert.doesNotMatch(names, /\.wasm/);
      assert.deepEqual(await scriptsWith(page, IN_GLUE), []);
      const other = await openExample(t, browser, example);
      await other.page.widget.launcher.waitFor();
      assert.equal((await scriptsWith(other.page, IN_GLUE)).length, 1);
    });
  }

  test("yew: the widget is in the application's own wasm, and nothing else is fetched for it", async (t) => {
    const { page, collector } = await openExample(t, browser, "yew");
    await page.widget.launcher.click();
    await page.widget.panel.waitFor();
    const own = page.requests.filter((request) => !request.includes(collector.url));
    assert.deepEqual(
      own
        .filter((request) => /\.wasm/.test(request))
        .map((request) => new URL(request.split(" ")[1] ?? "").pathname),
      ["/dist/app_bg.wasm"],
    );
    const asked = page.requests.filter((request) => request.includes(collector.url));
    assert.deepEqual(
      asked.filter((request) => !/\/v1\/(boot|batch)$/.test(request)),
      [],
    );
  });

  test("yew: the application is told what happens", async (t) => {
    const { page } = await openExample(t, browser, "yew");
    await page.widget.launcher.click();
    await page.widget.panel.waitFor();
    assert.equal(await page.getByText("You are all set.").count(), 0);
    await page.getByRole("button", { name: "New project" }).click();
    await page.getByRole("link", { name: "Team" }).click();
    await page.getByRole("button", { name: "Invite", exact: true }).click();
    await page.getByText("You are all set.").waitFor();
    assert.deepEqual(page.problems, []);
  });

  test("yew: a second Headstart on the page steps back and says so", async (t) => {
    const { page, collector } = await openExample(t, browser, "yew");
    await page.widget.launcher.waitFor();
    await page.evaluate((src) => {
      const script = document.createElement("script");
      script.src = src;
      script.dataset["writeKey"] = "wk_other";
      document.head.append(script);
    }, `${collector.url}/headstart.js`);
    await eventually(
      () => page.problems,
      (lines) => lines.length > 0,
    );
    assert.deepEqual(page.problems, [
      `headstart: ignored wk_other, window.headstart is ${collector.writeKey}`,
    ]);
    await page.getByRole("button", { name: "New project" }).click();
    await eventually(
      () => page.widget.launcher.textContent(),
      (text) => text?.includes("1 of 2 done") ?? false,
    );
  });
});
