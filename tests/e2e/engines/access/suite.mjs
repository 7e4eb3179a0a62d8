/** What users of assistive technology are promised, in one engine: one browser, one collector. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { serveAccess } from "../../../hosts/access/host.mjs";
import { startCollector } from "../../collector.mjs";
import { Browser } from "../../engines.mjs";
import { eventually } from "../../eventually.mjs";
import { CONTENTS } from "./contents.mjs";
import { demoIn } from "./demo.mjs";
import { galleryIn } from "./gallery.mjs";
import { RUNS } from "./keyboard.mjs";
import { PAGE } from "./page.mjs";
import { KeyboardUser } from "./user.mjs";

/** How long a page may take to load all that it needs on a busy machine, milliseconds. */
const UNTIL_READY = 60_000;

/** @param {import("../../engines.mjs").EngineName} engine */
export function accessIn(engine) {
  /** @type {Browser} */
  let browser;
  /** @type {import("../../collector.mjs").Collector} */
  let collector;
  /** @type {import("../../../hosts/serve.mjs").Host} */
  let host;
  let users = 0;

  before(async () => {
    collector = await startCollector();
    await collector.publish(...CONTENTS);
    host = await serveAccess({ collector: collector.url, writeKey: collector.writeKey });
    browser = await Browser.start(engine);
  });
  after(async () => {
    await browser?.stop();
    await host?.close();
    await collector?.stop();
  });

  /**
   * Opens a page for somebody new, who is at work in its field.
   *
   * @param {string} path
   * @param {(user: KeyboardUser) => Promise<void>} check
   */
  async function visit(path, check) {
    users += 1;
    const tab = await browser.open(`${host.url}/${path}?user=user-${users}`);
    const user = new KeyboardUser(tab);
    await eventually(() => tab.run(() => window.ready), Boolean, {
      within: UNTIL_READY,
      what: "the widget",
    });
    await user.work();
    await check(user);
    assert.deepEqual(await tab.run(() => window.said), []);
    await tab.close();
  }

  describe("with the keyboard alone", () => {
    for (const { name, at, run } of RUNS) {
      test(name, () => visit(at, run));
    }
  });
  describe("on a page with shortcuts of its own", () => {
    for (const { name, at, run } of PAGE) {
      test(name, () => visit(at, run));
    }
  });
  describe("in the demo", () => demoIn(() => browser));
  describe("in the gallery", () => galleryIn(() => browser, engine));
}
