/** The gallery: every component of the widget in every state, as the demo server has it. */
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { launch, openPage } from "./browser.mjs";
import { inRepository } from "./collector.mjs";
import { CONDITIONS, FLAGS, takeAll } from "./gallery/pictures.mjs";
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
    for (const { name, network } of STATES) {
      await openState(page, collector.url, name);
      // A collector that fails is told of, once.
      const most = network === "broken" ? 1 : 0;
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
    const found = [];
    for (const { name } of CONDITIONS) {
      const pictures = all.get(name) ?? new Map();
      if (keeps) await keep(name, pictures);
      else found.push(...(await differences(name, pictures)));
    }
    assert.equal(
      found.length,
      0,
      `${found.join("\n")}\nWhere it is meant, look at all of it and keep it: cargo xtask gallery`,
    );
  });
});
