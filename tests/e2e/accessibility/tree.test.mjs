/**
 * Names, roles and states, as Chromium tells them to screen readers: of every state of the gallery what is
 * kept in `trees/`. `UPDATE_TREES=1 node --test tests/e2e/accessibility/tree.test.mjs` writes them anew.
 */
import assert from "node:assert/strict";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { launch, openPage } from "../browser.mjs";
import { GROUPS, openState, startGallery } from "../gallery.mjs";
import { treeOf } from "./tree.mjs";

const KEPT = new URL("trees/", import.meta.url);
const UPDATES = process.env["UPDATE_TREES"] === "1";

/** A file for each group of states. @param {string} group */
const fileOf = (group) => `${group.toLowerCase().replaceAll(" ", "-")}.txt`;

describe("what screen readers are told", { concurrency: 2 }, () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startGallery>>} */
  let collector;
  before(async () => {
    [browser, collector] = await Promise.all([launch(), startGallery()]);
    if (UPDATES) {
      await rm(KEPT, { recursive: true, force: true });
      await mkdir(KEPT);
    }
  });
  after(async () => {
    await browser.close();
    await collector.stop();
  });

  for (const [group, states] of Object.entries(GROUPS)) {
    test(`names, roles and states are as they are kept: ${group}`, async () => {
      const page = await openPage(browser, { reducedMotion: "reduce" });
      const parts = [];
      for (const { name, title } of states) {
        await openState(page, collector.url, name, { language: "en", scheme: "light" });
        parts.push(`# ${name}: ${title}\n${await treeOf(page)}`);
      }
      await page.context().close();
      const file = new URL(fileOf(group), KEPT);
      const text = parts.join("\n");
      if (UPDATES) await writeFile(file, text);
      assert.equal(text, await readFile(file, "utf8"), `${fileOf(group)} has another`);
    });
  }
});

test("nothing is kept of what there is no more", async () => {
  const files = await readdir(KEPT);
  assert.deepEqual(files.sort(), Object.keys(GROUPS).map(fileOf).sort());
});
