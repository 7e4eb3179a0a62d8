/** What users of assistive technology are promised, in one engine: one browser, one collector. */
import assert from "node:assert/strict";
import { serveAccess } from "../../../hosts/access/host.mjs";
import { startCollector } from "../../collector.mjs";
import { Browser } from "../../engines.mjs";
import { eventually } from "../../eventually.mjs";
import { DriverError } from "../webdriver.mjs";
import { CONTENTS } from "./contents.mjs";
import { lookThroughDemo } from "./demo.mjs";
import { LOOKS, lookThroughGallery } from "./gallery.mjs";
import { RUNS } from "./keyboard.mjs";
import { PAGE } from "./page.mjs";
import { KeyboardUser } from "./user.mjs";

/** How long a page may take to load all that it needs on a busy machine, milliseconds. */
const UNTIL_READY = 60_000;

/** @typedef {{ name: string, run: () => Promise<void> }} Promised */

export class Suite {
  /** @type {Browser | undefined} */
  #browser;
  /** @type {import("../../collector.mjs").Collector | undefined} */
  #collector;
  /** @type {import("../../../hosts/serve.mjs").Host | undefined} */
  #host;
  #users = 0;

  /** @param {import("../../engines.mjs").EngineName} engine */
  constructor(engine) {
    this.engine = engine;
  }

  async start() {
    this.#collector = await startCollector();
    await this.#collector.publish(...CONTENTS);
    const { url, writeKey } = this.#collector;
    this.#host = await serveAccess({ collector: url, writeKey });
    this.#browser = await Browser.start(this.engine);
  }

  async stop() {
    await this.#browser?.stop();
    await this.#host?.close();
    await this.#collector?.stop();
  }

  get browser() {
    if (!this.#browser) throw new Error("the browser is not running");
    return this.#browser;
  }

  /** All of it, by what it is about. @returns {Record<string, Promised[]>} */
  promises() {
    /** @param {import("./keyboard.mjs").Run[]} runs */
    const visits = (runs) =>
      runs.map(({ name, at, run }) => ({ name, run: () => this.#visit(at, run) }));
    const looks = LOOKS.filter(({ not }) => not !== this.engine);
    return {
      "with the keyboard alone": visits(RUNS),
      "on a page with shortcuts of its own": visits(PAGE),
      "in the demo": [
        {
          name: "axe finds nothing wrong in any state of the demo",
          run: () => this.#outlive(() => lookThroughDemo(this.browser)),
        },
      ],
      "in the gallery": looks.map(({ name, look }) => ({
        name,
        run: () => this.#outlive(() => lookThroughGallery(this.browser, look)),
      })),
    };
  }

  /**
   * Looks once more, in a new browser, if the browser died by itself. What was found wrong stays wrong.
   *
   * @param {() => Promise<void>} look
   */
  async #outlive(look) {
    try {
      await look();
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      console.log(`${this.engine} died by itself, and is started anew: ${error.message}`);
      await this.#browser?.stop();
      this.#browser = await Browser.start(this.engine);
      await look();
    }
  }

  /**
   * Opens a page for somebody new, who is at work in its field.
   *
   * @param {string} path
   * @param {(user: KeyboardUser) => Promise<void>} check
   */
  async #visit(path, check) {
    this.#users += 1;
    const tab = await this.browser.open(`${this.#host?.url}/${path}?user=user-${this.#users}`);
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
}
