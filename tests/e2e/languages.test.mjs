/** The demo in other languages than English. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { serveHost } from "../hosts/serve.mjs";
import { eventually, launch, openPage } from "./browser.mjs";
import { startDemo } from "./demo.mjs";

/** A checklist that nobody has translated. */
const UNTRANSLATED = {
  id: "getting-started",
  kind: "checklist",
  title: "Get started",
  tasks: [{ id: "a", title: "Look around", markable: true }],
};

describe("languages", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startDemo>>} */
  let collector;

  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());
  beforeEach(async () => {
    collector = await startDemo(["getting-started"]);
  });
  afterEach(() => collector.stop());

  /** Opens the demo in a browser of this language, with the panel open. @param {string} locale */
  async function open(locale) {
    const page = await openPage(browser, { locale, reducedMotion: "reduce" });
    await page.goto(collector.url);
    await page.widget.launcher.click();
    await page.widget.panel.waitFor();
    return page;
  }

  /** The language and direction that an element says it is in. @param {import("playwright-core").Locator} element */
  const marks = (element) =>
    element.evaluate((one) => [one.getAttribute("lang"), one.getAttribute("dir")]);

  /** @typedef {Awaited<ReturnType<typeof openPage>>} Page */
  /** @param {Page} page @param {string} part */
  const says = (page, part) =>
    eventually(
      () => page.widget.panel.textContent(),
      (text) => text?.includes(part) ?? false,
      { what: part },
    );

  test("a browser that wants German gets German content and German words", async () => {
    const page = await open("de-AT");
    await says(page, "Erste Schritte");
    await says(page, "0 von 5 erledigt");
    assert.deepEqual(await marks(page.widget.panel), ["de", "ltr"]);
    assert.deepEqual(await marks(page.widget.host.locator(".root")), ["de", ""]);
    await page.widget.button("Checkliste ausblenden").click();
    await says(page, "Diese Checkliste ausblenden?");
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  test("an English browser gets English, and no words besides", async () => {
    const page = await openPage(browser, { locale: "en-GB" });
    const answered = page.waitForResponse("**/v1/boot");
    await page.goto(collector.url);
    const boot = await (await answered).json();
    assert.equal(boot.language, "en");
    assert.equal(boot.words, undefined);
    await page.context().close();
  });

  test("what is not translated is shown in its own language, within words of the user's", async () => {
    await collector.publish(UNTRANSLATED);
    const page = await open("ru-RU");
    await says(page, "Get started");
    await says(page, "Выполнено 0 из 1");
    assert.deepEqual(await marks(page.widget.panel), ["en", "ltr"]);
    assert.deepEqual(await marks(page.widget.panel.locator(".count")), ["ru", null]);
    await page.context().close();
  });

  test("the host changes the language, and all turns round without losing its place", async () => {
    const page = await open("de");
    await page.widget.task("Bank verbinden").click();
    await page.widget.button("So funktioniert es").waitFor();
    const before = await page.widget.panel.boundingBox();
    const kept = await page.widget.panel.elementHandle();

    await page.evaluate(() => /** @type {any} */ (window).headstart("language", "ar"));
    await says(page, "ابدأ الآن");
    assert.deepEqual(await marks(page.widget.panel), ["ar", "rtl"]);
    assert.deepEqual(await marks(page.widget.host.locator(".root")), ["ar", "rtl"]);
    await page.widget.button("إغلاق").or(page.widget.button("تصغير")).first().waitFor();
    // The task is still unfolded, in the very same panel, which stands in the other corner.
    await page.widget.button("كيف يعمل ذلك").waitFor();
    assert.equal(await kept?.evaluate((one) => one.isConnected), true);
    const after = await page.widget.panel.boundingBox();
    assert.ok(before && after);
    assert.ok(before.x > 640 && after.x < 640, JSON.stringify([before, after]));
    assert.equal(Math.round(after.x), Math.round(1280 - before.x - before.width));

    await page.evaluate(() => /** @type {any} */ (window).headstart("language", "en"));
    await says(page, "Get started");
    await page.widget.button("How it works").waitFor();
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  test("what the script's tag says is spoken from the first, in whatever language the browser is", async (t) => {
    const html = `<!doctype html><title>Host</title><script async src="${collector.url}/headstart.js" data-write-key="${collector.writeKey}" data-language="de"></script>`;
    const host = await serveHost({
      handler: (_request, response, { pathname }) => {
        if (pathname !== "/") return false;
        response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
        return true;
      },
    });
    t.after(host.close);
    const page = await openPage(browser, { locale: "en-GB" });
    let boots = 0;
    page.on("request", (request) => (boots += Number(request.url().endsWith("/v1/boot"))));
    await page.goto(host.url);
    await page.widget.launcher.click();
    await says(page, "Erste Schritte");
    assert.equal(boots, 1, "nothing is asked for twice");
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
});
