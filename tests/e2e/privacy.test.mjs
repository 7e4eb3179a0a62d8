/** What leaves a page, and what stays in the browser: nothing but what it is told. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { eventually, launch } from "./browser.mjs";
import { call, everything, openCustomer } from "./customer.mjs";

const CHECKLIST = {
  id: "list",
  kind: "checklist",
  title: "Try it",
  tasks: [
    {
      id: "press",
      title: "Press it",
      done_when: { element: { selector: "#press", is: "clicked" } },
      action: { label: "Say how", callback: "how" },
    },
    {
      id: "name",
      title: "Name it",
      done_when: { element: { selector: "#name", is: { value: { contains: "typed" } } } },
    },
    {
      id: "find",
      title: "Find it",
      done_when: { page: { path: "/found", query: { secret: "*query*" }, hash: "*hash*" } },
    },
    { id: "track", title: "Track it", done_when: { event: { name: "Thing Done" } } },
  ],
};

/** Needs neither tracking nor an identity. */
const TIP = { id: "tip", kind: "tip", target: "#press", title: "Look here", body: "It works." };

/** Only for those of whom the page says that they have that plan. */
const PRO = {
  ...TIP,
  id: "pro",
  target: "#name",
  audience: { trait: { name: "plan", is: { equals: "pro" } } },
  priority: -1,
};

/** In every place of a page that somebody could think of looking into. */
const BODY = `
  <h1>canary-heading</h1>
  <p id="secret" class="canary-class" data-value="canary-attribute">canary-text</p>
  <!-- canary-comment -->
  <form>
    <input id="name" name="canary-field" placeholder="canary-placeholder" />
    <input id="other" value="canary-value" />
    <input type="password" value="canary-password" />
    <input type="hidden" value="canary-hidden" />
    <textarea>canary-area</textarea>
    <select><option>canary-option</option></select>
  </form>
  <button type="button" id="press" title="canary-tooltip">canary-button</button>`;

const PLANT = `
  document.cookie = "host=canary-cookie";
  localStorage.host = "canary-local";
  sessionStorage.host = "canary-session";
  window.name = "canary-window";`;

describe("privacy", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  /**
   * @param {import("node:test").TestContext} t
   * @param {import("./customer.mjs").Visit} [visit]
   */
  const open = (t, visit) =>
    openCustomer(t, browser, {
      content: [CHECKLIST, TIP, PRO],
      title: "canary-title",
      body: BODY,
      ...visit,
    });

  /** @typedef {import("./customer.mjs").Customer} Opened */

  /** All that can be done with a checklist and a tip. @param {Opened} opened */
  async function useAll({ page, recorder }) {
    await page.widget.launcher.waitFor();
    await page.widget.tip.waitFor();
    await call(page, "identify", "user-1", { plan: "pro" });
    await call(page, "group", "acme", { seats: 3 });
    await call(page, "page", "Home");
    await page.evaluate(`headstart("on", "action:how", () => {})`);
    await page.widget.launcher.click();
    await page.widget.task("Press it").click();
    await page.widget.button("Say how").click();
    await page.locator("#name").pressSequentially("canary-typed");
    await page.locator("#other").fill("canary-filled");
    await page.locator("#press").click();
    await page.evaluate(() =>
      history.pushState(null, "", "/found?secret=canary-query&utm_source=news#canary-hash"),
    );
    await call(page, "page", "Found", { tab: "open" });
    await call(page, "track", "Thing Done", { total: 9.5 });
    await eventually(
      async () => recorder.messages().filter(({ event }) => event === "Checklist Task Completed"),
      (done) => done.length === 4,
      { what: "all four tasks" },
    );
    await call(page, "show", "tip");
    await call(page, "dismiss", "list");
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { value: true, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await eventually(
      async () => recorder.messages().filter(({ event }) => event === "Checklist Dismissed"),
      (sent) => sent.length === 1,
      { what: "the dismissal" },
    );
    await page.reload();
    await call(page, "track", "Thing Done");
    await call(page, "reset");
    await eventually(
      async () => recorder.messages().filter(({ event }) => event === "Thing Done"),
      (sent) => sent.length === 2,
      { what: "the second event" },
    );
  }

  /** What was sent with a canary in it. @param {Opened} opened */
  const sung = ({ recorder }) =>
    recorder.exchanges.map(({ text }) => text).filter((text) => text.includes("canary"));

  /** Why a piece of content is not shown. @param {Opened["page"]} page @param {string} id */
  const reason = async (page, id) => {
    const rows = /** @type {any[]} */ (await call(page, "explain"));
    return rows.find(({ content }) => content === id)?.reason;
  };

  const NOTHING = { cookie: "", local: {}, session: {}, databases: [], caches: [] };

  test("nothing of the page's text, forms, address, title, storage or cookies is sent", async (t) => {
    const opened = await open(t, { plant: PLANT, to: "/?secret=canary-query#canary-hash" });
    await useAll(opened);
    assert.deepEqual(sung(opened), []);
    const texts = opened.recorder.exchanges.map(({ text }) => text).join();
    assert.ok(!texts.includes("utm_source"), "no part of the query was named");
    assert.deepEqual(opened.page.problems, []);
  });

  test("no report tells the page's address in its headers, though the page's policy would", async (t) => {
    const opened = await open(t, {
      plant: `const policy = document.createElement("meta");
        policy.name = "referrer"; policy.content = "unsafe-url"; document.head.append(policy);`,
      to: "/?secret=canary-query",
    });
    await useAll(opened);
    const reports = sung(opened).filter((text) => text.startsWith("POST"));
    assert.deepEqual(reports, []);
    assert.notDeepEqual(sung(opened), [], "the browser tells it when it fetches scripts");
  });

  test("of the query only the parameters are sent that the script names", async (t) => {
    const opened = await open(t, {
      attributes: `data-query="utm_source,utm_campaign"`,
      plant: PLANT,
      to: "/?utm_campaign=spring&secret=canary-query#canary-hash",
    });
    await useAll(opened);
    assert.deepEqual(sung(opened), []);
    /** @param {(message: any) => boolean} which */
    const queries = (which) =>
      opened.recorder
        .messages()
        .filter(which)
        .map(({ properties }) => properties.query);
    assert.deepEqual(queries(({ event }) => event === "Session Started")[0], {
      utm_campaign: "spring",
    });
    assert.deepEqual(
      queries(({ name }) => name === "Found"),
      [{ utm_source: "news" }],
    );
  });

  test("no cookie is set, by the page's side or the collector's", async (t) => {
    const opened = await open(t);
    await useAll(opened);
    assert.equal((await everything(opened.page)).cookie, "");
    assert.deepEqual(await opened.page.context().cookies(), []);
    const answers = opened.recorder.exchanges.map(({ answered }) => answered["set-cookie"]);
    assert.ok(answers.length > 5 && answers.every((cookie) => cookie === undefined));
  });

  test("while the answer is pending everything works, nothing is stored, and no request names anybody", async (t) => {
    const opened = await open(t, { attributes: `data-consent="required"` });
    const { page, recorder } = opened;
    await call(page, "identify", "user-1", { plan: "pro" }, { token: "tok.en" });
    await page.widget.tip.waitFor();
    await page.widget.launcher.click();
    await page.locator("#press").click();
    await call(page, "track", "Thing Done");
    await page.widget.panel.getByText("2 of 4").first().waitFor();
    // Whom it is for is decided before whether it interrupts too soon after the other tip.
    assert.equal(await reason(page, "pro"), "quiet", "the page knows their plan");
    await page.waitForTimeout(2500);
    assert.deepEqual(await everything(page), NOTHING);
    assert.deepEqual(recorder.messages(), []);
    const named = recorder.exchanges.filter(({ text }) => /anonymousId|user-1|tok\.en/.test(text));
    assert.deepEqual(named, []);

    await call(page, "consent", "granted");
    await eventually(
      async () => recorder.messages().filter(({ event }) => event === "Checklist Task Completed"),
      (done) => done.length === 2,
      { what: "what was done before the answer" },
    );
    const tracked = recorder.messages().filter(({ event }) => event === "Thing Done");
    assert.deepEqual(
      tracked.map(({ userId }) => userId),
      ["user-1"],
    );
    await page.reload();
    await page.widget.launcher.getByText("2 of 4").waitFor();
  });

  test("while consent is denied a tip that needs no tracking shows, and only the answer is stored", async (t) => {
    const opened = await open(t, { attributes: `data-consent="required"` });
    const { page, recorder, collector } = opened;
    await call(page, "identify", "user-1");
    await call(page, "consent", "denied");
    const answer = {
      ...NOTHING,
      local: { [`headstart.${collector.writeKey}.consent`]: "denied" },
    };
    for (const visit of [1, 2]) {
      await page.widget.tip.waitFor();
      assert.equal(await page.widget.launcher.count(), 0);
      assert.deepEqual(
        [await reason(page, "list"), await reason(page, "pro")],
        ["consent", "consent"],
      );
      await call(page, "track", "Thing Done");
      await page.waitForTimeout(1500);
      assert.deepEqual(await everything(page), answer, `visit ${visit}`);
      await page.reload();
    }
    assert.deepEqual(recorder.messages(), []);
    const named = recorder.exchanges.filter(({ text }) => /anonymousId|user-1/.test(text));
    assert.deepEqual(named, []);
  });

  test("consent taken back leaves nothing but the answer, in the other tabs as well", async (t) => {
    const opened = await open(t);
    const { page, recorder, collector } = opened;
    await page.widget.launcher.waitFor();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.locator("[data-headstart] .launcher").waitFor();
    await call(page, "identify", "user-1");
    await eventually(
      async () => recorder.messages().filter(({ type }) => type === "identify"),
      (sent) => sent.length === 2,
      { what: "the user's name, from both tabs" },
    );
    const sent = recorder.messages().length;
    await call(page, "consent", "denied");
    await page.widget.launcher.waitFor({ state: "detached" });
    await other.locator("[data-headstart] .launcher").waitFor({ state: "detached" });
    await other.evaluate(() => /** @type {any} */ (window).headstart("track", "Thing Done"));
    await page.waitForTimeout(2500);
    assert.deepEqual(await everything(page), {
      ...NOTHING,
      local: { [`headstart.${collector.writeKey}.consent`]: "denied" },
    });
    assert.equal(recorder.messages().length, sent);
  });

  test("the browser's own refusal counts from the first page on", async (t) => {
    const opened = await open(t, {
      init: `Object.defineProperty(navigator, "globalPrivacyControl", { value: true })`,
    });
    const { page, recorder } = opened;
    await page.widget.tip.waitFor();
    assert.equal(await page.widget.launcher.count(), 0);
    await call(page, "track", "Thing Done");
    await page.waitForTimeout(1500);
    assert.deepEqual(await everything(page), NOTHING);
    assert.deepEqual(recorder.messages(), []);
  });
});
