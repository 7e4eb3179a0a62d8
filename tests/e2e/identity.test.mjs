/** Who the user is, where the collector wants it proven: the page's side of it. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { eventually, launch } from "./browser.mjs";
import { call, openCustomer } from "./customer.mjs";
import { CHECKLIST } from "./probe.mjs";

/** As docs/identity.md signs. @param {object} claims @param {string} secret */
function sign(claims, secret) {
  const encode = (/** @type {object} */ part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

const BODY = `<button type="button" data-hs="target">Do the thing</button>`;

describe("identity", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  let signed = 0;

  /**
   * A page of a project that enforces it.
   *
   * @param {import("node:test").TestContext} t
   * @param {string} [calls] what the page calls before the loader is there
   */
  async function open(t, calls = "") {
    let secret = "";
    const opened = await openCustomer(t, browser, {
      plant: `window.headstart = function () { (headstart.q = headstart.q || []).push([Date.now(), arguments]) };
        ${calls}`,
      content: [CHECKLIST],
      body: BODY,
      async given(collector) {
        const added = await collector.admin("/api/v1/identity/secrets", {});
        secret = added.secret;
        const answer = await fetch(`${collector.url}/api/v1/identity`, {
          method: "PUT",
          headers: {
            authorization: `Bearer ${collector.secretKey}`,
            "content-type": "application/json",
          },
          body: JSON.stringify({ mode: "enforce" }),
        });
        assert.ok(answer.ok, await answer.text());
      },
    });
    /** No two are the same. @param {string} sub */
    const token = (sub) => sign({ sub, jti: String(++signed) }, secret);
    return { ...opened, token };
  }

  /** @typedef {Awaited<ReturnType<typeof open>>} Opened */

  /** Every request that names a user or carries a token. @param {Opened} opened */
  const personal = ({ recorder }) =>
    recorder.exchanges.filter(({ body }) => body?.userId ?? body?.token ?? body?.batch);

  /** Our own lines in the console. @param {Opened} opened */
  const lines = ({ page }) => page.problems.filter((line) => line.startsWith("headstart"));

  /**
   * The messages that were sent with a token.
   *
   * @param {Opened} opened
   * @param {string} token
   * @returns {any[]}
   */
  const sentWith = ({ recorder }, token) =>
    recorder
      .to("/v1/batch")
      .filter(({ body }) => body.token === token)
      .flatMap(({ body }) => body.batch);

  test("the token goes with each boot and each batch of its user, and is stored nowhere", async (t) => {
    const opened = await open(t);
    const { page, token } = opened;
    const proof = token("user-1");
    await call(page, "identify", "user-1", { plan: "pro" }, { token: proof });
    await page.widget.launcher.waitFor();
    await page.locator("[data-hs=target]").click();
    await eventually(
      () => sentWith(opened, proof).map(({ event }) => event),
      (events) => events.includes("Checklist Task Completed"),
      { what: "the task" },
    );
    for (const { path, body } of personal(opened)) {
      const users = [body, ...(body.batch ?? [])].filter(({ userId }) => userId);
      if (users.length > 0) assert.equal(body.token, proof, path);
    }

    // What waits is on disk, without it.
    await page.route("**/v1/batch", (route) => route.abort());
    await call(page, "track", "Thing Done");
    await page.waitForTimeout(1500);
    const kept = await page.evaluate(async () => {
      /** @type {(request: IDBRequest) => Promise<any>} */
      const done = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = reject;
        });
      const all = [JSON.stringify({ ...localStorage, ...sessionStorage })];
      for (const { name = "" } of await indexedDB.databases()) {
        const database = await done(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
          const records = database.transaction(store).objectStore(store);
          all.push(
            JSON.stringify([await done(records.getAllKeys()), await done(records.getAll())]),
          );
        }
        database.close();
      }
      return all.join();
    });
    assert.ok(kept.includes("Thing Done") && kept.includes("user-1"), kept);
    for (const part of proof.split(".")) assert.ok(!kept.includes(part), "a part of the token");
  });

  test("without a proof nothing of the user is asked or shown, silently, and what they do waits for it", async (t) => {
    const opened = await open(
      t,
      `headstart("identify", "user-1"); headstart("track", "Thing Done")`,
    );
    const { page, recorder, token } = opened;
    await eventually(
      () => recorder.to("/v1/boot"),
      (boots) => boots.length > 0,
    );
    await page.waitForTimeout(3000);
    assert.equal(await page.widget.launcher.count(), 0);
    const proof = token("user-1");
    await call(page, "identify", "user-1", {}, { token: proof });
    await page.widget.launcher.getByText("1 of 2").waitFor();
    await eventually(
      () => sentWith(opened, proof).filter(({ event }) => event === "Thing Done"),
      (sent) => sent.length > 0,
      { what: "what was tracked before" },
    );
    assert.deepEqual(lines(opened), []);
  });

  const NO_GOOD = `headstart("identify", "user-1", {}, { token: "no.good.token" })`;

  for (const [who, early, late] of [
    ["the loader", NO_GOOD, ""],
    ["the widget", "", NO_GOOD],
  ]) {
    test(`a proof that is no good ${who} tells of once, and waits for the next one`, async (t) => {
      const opened = await open(t, early);
      const { page, token } = opened;
      if (late) {
        await page.widget.launcher.waitFor();
        await page.evaluate(late);
      }
      await eventually(
        async () => lines(opened),
        (said) => said.length > 0,
        { what: "the line" },
      );
      await page.waitForTimeout(2000);
      assert.equal(lines(opened).length, 1, lines(opened).join("\n"));
      const proof = token("user-1");
      await call(page, "identify", "user-1", {}, { token: proof });
      await page.widget.launcher.waitFor();
      await eventually(
        () => opened.recorder.to("/v1/boot"),
        (boots) => boots.some(({ body }) => body.token === proof),
        { what: "the question with the good one" },
      );
    });
  }

  test("a reset gives the token up, here and at the collector", async (t) => {
    const opened = await open(t);
    const { page, recorder, token } = opened;
    const proof = token("user-1");
    await call(page, "identify", "user-1", {}, { token: proof });
    await page.widget.launcher.waitFor();
    await call(page, "reset");
    await eventually(
      () => recorder.to("/v1/reset").map(({ body }) => body.token),
      (given) => given.join() === proof,
      { what: "the token being given up" },
    );
    const before = recorder.exchanges.length;
    await call(page, "track", "Thing Done");
    await call(page, "identify", "user-1");
    await page.waitForTimeout(3000);
    const later = recorder.exchanges.slice(before);
    assert.ok(later.some(({ path }) => path === "/v1/batch"));
    assert.ok(later.every(({ text }) => !text.includes(proof)));

    const again = await recorder.to("/v1/boot").length;
    await call(page, "identify", "user-1", {}, { token: proof });
    await eventually(
      () => recorder.to("/v1/boot"),
      (boots) => boots.length > again,
    );
    await eventually(
      async () => lines(opened),
      (said) => said.some((line) => line.includes("given up") || line.includes("revoked")),
      { what: "the line that the token is good no longer" },
    );
  });

  test("another user never gets the token of the one before", async (t) => {
    const opened = await open(t);
    const { page, recorder, token } = opened;
    const [first, second] = [token("user-1"), token("user-2")];
    await call(page, "identify", "user-1", {}, { token: first });
    await page.widget.launcher.waitFor();
    await page.locator("[data-hs=target]").click();
    await page.widget.launcher.getByText("1 of 2").waitFor();
    await call(page, "identify", "user-2");
    await call(page, "track", "Other Thing");
    await page.waitForTimeout(3000);
    assert.equal(await page.widget.launcher.count(), 0, "nothing is known of the second user");
    await call(page, "identify", "user-2", {}, { token: second });
    await page.widget.launcher.getByText("0 of 2").waitFor();
    for (const { path, body } of personal(opened)) {
      const users = new Set([body, ...(body.batch ?? [])].map(({ userId }) => userId));
      assert.ok(!(users.has("user-2") && body.token === first), path);
      assert.ok(!(users.has("user-1") && body.token === second), path);
    }
    assert.ok(recorder.exchanges.length > 5);
  });
});
