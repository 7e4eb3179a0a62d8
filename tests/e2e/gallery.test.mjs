/** The gallery: every component of the widget in every state, as the demo server has it. */
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { launch, openPage } from "./browser.mjs";
import { inRepository } from "./collector.mjs";
import { FLAGS, takeAll } from "./gallery/pictures.mjs";
import { differences, keep } from "./gallery/sheets.mjs";
import { STATES, openState, startGallery } from "./gallery.mjs";

describe("the gallery", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startGallery>>} */
  let collector;
  before(async () => {
    [browser, collector] = await Promise.all([launch(FLAGS), startGallery()]);
  });
  after(async () => {
    await browser.close();
    await collector.stop();
  });

  test("every state comes to be what it says, and none complains", async () => {
    const page = await openPage(browser, { reducedMotion: "reduce" });
    for (const { name, network, page: host } of STATES) {
      await openState(page, collector.url, name);
      // A collector that fails is told of, once, as is a callback that nobody has registered; and the browser tells
      // of a picture that is not there.
      const told = network === "broken" || host === "fails" || name === "modal-broken";
      const most = told ? 1 : 0;
      assert.ok(page.problems.length <= most, `${name}: ${page.problems.join(" ")}`);
      page.problems.length = 0;
    }
    await page.context().close();
  });

  test("there are texts in all languages that the widget speaks, and none is missing", async () => {
    /** @param {string} name */
    const names = async (name) =>
      Object.keys(JSON.parse(await readFile(inRepository(`www/gallery/texts/${name}`), "utf8")));
    const spoken = await readdir(inRepository("www/words"));
    const written = await readdir(inRepository("www/gallery/texts"));
    assert.deepEqual(written.sort(), [...spoken, "en.json"].sort());
    const english = await names("en.json");
    for (const one of written) assert.deepEqual(await names(one), english, one);
  });

  test("menus stay on the screen, wherever their card is", async () => {
    const page = await openPage(browser, { reducedMotion: "reduce" });
    for (const name of ["tooltip-menu", "banner-menu"]) {
      for (const language of ["en", "ar"]) {
        for (const [width, height] of /** @type {const} */ ([
          [1280, 720],
          [360, 640],
        ])) {
          await page.setViewportSize({ width, height });
          await openState(page, collector.url, name, { language });
          const menu = await page.locator("[data-headstart] .menu").boundingBox();
          assert.ok(
            menu &&
              menu.x >= 0 &&
              menu.y >= 0 &&
              menu.x + menu.width <= width &&
              menu.y + menu.height <= height,
            `${name}, ${language}, ${width} px: ${JSON.stringify(menu)}`,
          );
        }
      }
    }
    await page.context().close();
  });

  test("a banner runs along the edge that it is at, on phones too", async () => {
    const page = await openPage(browser, {
      reducedMotion: "reduce",
      viewport: { width: 360, height: 640 },
    });
    for (const [name, top] of /** @type {const} */ ([
      ["banner-top", true],
      ["banner-bottom", false],
    ])) {
      await openState(page, collector.url, name);
      const box = await page.locator("[data-headstart] .card").boundingBox();
      assert.ok(box && box.x === 0 && box.width === 360, JSON.stringify(box));
      assert.equal(top ? box.y : box.y + box.height, top ? 0 : 640, name);
    }
    await page.context().close();
  });

  test("a theme of one piece of content holds for that piece, in both schemes", async () => {
    const page = await openPage(browser, { reducedMotion: "reduce" });
    for (const [scheme, surface] of /** @type {const} */ ([
      ["light", "rgb(253, 246, 255)"],
      ["dark", "rgb(42, 29, 48)"],
    ])) {
      await openState(page, collector.url, "tooltip-own", { scheme });
      const card = page.locator("[data-headstart] .card");
      const look = await card.evaluate((node) => {
        const { backgroundColor, borderRadius } = getComputedStyle(node);
        return [backgroundColor, borderRadius];
      });
      assert.deepEqual(look, [surface, "18px"], scheme);
    }
    await page.context().close();
  });

  test("who wants more contrast gets it, whatever the theme says", async () => {
    const page = await openPage(browser, { reducedMotion: "reduce", contrast: "more" });
    for (const theme of ["plain", "warm"]) {
      await openState(page, collector.url, "panel-none", { theme });
      const [soft, ink] = await page
        .locator("[data-headstart] .dock")
        .evaluate((node) =>
          ["--hs-soft", "--hs-ink"].map((name) => getComputedStyle(node).getPropertyValue(name)),
        );
      assert.equal(soft, ink, theme);
    }
    await page.context().close();
  });

  test("where there is nothing to show, or nothing to be had, the page is as if we were not there", async () => {
    const page = await openPage(browser);
    for (const name of ["empty", "loading", "error"]) {
      await openState(page, collector.url, name);
      // The boot has been answered or refused, or never will be.
      await page.waitForTimeout(500);
      assert.equal(await page.locator("[data-headstart]").count(), 0, name);
      page.problems.length = 0;
    }
    await page.context().close();
  });

  test("offline, the panel works, and what is done stays done", async () => {
    const page = await openPage(browser, { reducedMotion: "reduce" });
    await openState(page, collector.url, "offline");
    await page.evaluate(() => /** @type {any} */ (window).headstart("complete", "list", "name"));
    await page.widget.panel.getByText("2 of 5 done").waitFor();
    await page.widget.task("Put your name on it").click();
    await page.widget.panel.locator("[data-state=done] .body").waitFor();
    await page.widget.button("Minimize").click();
    await page.widget.launcher.getByText("3 left").waitFor();
    await page.context().close();
  });

  test("the index shows each state in a frame, with what is chosen, and the address keeps the choice", async () => {
    const page = await openPage(browser, { closed: true });
    await page.goto(`${collector.url}/gallery`);
    await page.locator("article").first().waitFor();
    assert.equal(await page.locator("iframe").count(), STATES.length);

    await page.locator("[name=language]").selectOption("ar");
    await page.locator("[name=beside]").selectOption("theme");
    await page.locator("[name=find]").fill("panel-half");
    await page.waitForURL(/find=panel-half/);
    await page.reload();
    const frames = page.locator("iframe");
    await frames.first().waitFor();
    const sources = await frames.evaluateAll((all) =>
      all.map((one) => /** @type {HTMLIFrameElement} */ (one).src),
    );
    assert.ok(sources.length > 2);
    assert.equal(new Set(sources).size, sources.length, "each has a theme of its own");
    assert.ok(sources.every((one) => /name=panel-half.*language=ar/.test(one)));
    await page.frameLocator("iframe >> nth=0").locator("html[data-ready][dir=rtl]").waitFor();
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  const keeps = process.env["HEADSTART_GALLERY"] === "keep";
  test(`every state looks as it was ${keeps ? "looked at now" : "when it was last looked at"}`, async () => {
    const all = await takeAll(browser, collector.url);
    const drawnBy = `Chromium ${browser.version()} on ${process.platform} ${process.arch}`;
    if (keeps) return keep(all, drawnBy);
    const found = await differences(all, drawnBy);
    assert.equal(
      found.length,
      0,
      `${found.join("\n")}\nWhere it is meant, look at all of it and keep it: cargo xtask gallery`,
    );
  });
});
