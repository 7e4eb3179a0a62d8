/** Scenarios: what is promised whatever happens, once for all engines. */
import { Browser } from "../engines.mjs";
import { Unsteered } from "./unsteered.mjs";
import { World } from "./world.mjs";

/** @typedef {import("../engines.mjs").EngineName} EngineName */

/**
 * @typedef {object} Scenario
 * @property {string} name a sentence that holds
 * @property {Partial<Record<EngineName, string>>} [lacks] engines that lack what it is about, and what
 *   that is
 * @property {boolean} [kills] whether processes are killed in it, for which it gets a browser of its
 *   own
 * @property {import("../engines.mjs").BrowserOptions} [browser] a browser of its own, set so
 * @property {(world: World) => Promise<void>} run
 */

/** A few browsers of one engine, lent to one scenario after the other. */
export class Stable {
  /** @type {Browser[]} */
  #idle = [];

  /** @param {EngineName} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** @param {Scenario} scenario */
  async run(scenario) {
    const own = scenario.kills === true || scenario.browser !== undefined;
    /** @type {Browser | undefined} */
    let browser;
    const world = await World.make(async (puppets) => {
      browser = await this.#start(scenario, own, puppets);
      return browser;
    });
    let clean = false;
    try {
      await scenario.run(world);
      if (!own) await browser?.clear();
      clean = !own;
    } finally {
      await world.end();
      if (browser && clean) this.#idle.push(browser);
      else await browser?.stop();
    }
  }

  /**
   * @param {Scenario} scenario
   * @param {boolean} own
   * @param {import("../../hosts/tracked/puppeteer.mjs").Puppets} puppets
   * @returns {Promise<Browser>}
   */
  async #start(scenario, own, puppets) {
    if (scenario.kills && this.engine === "webkit") {
      // It does what such scenarios need, which is to open pages and to end them.
      return /** @type {any} */ (await Unsteered.start(puppets));
    }
    return (own ? undefined : this.#idle.pop()) ?? Browser.start(this.engine, scenario.browser);
  }

  /** Ends the browsers. */
  async close() {
    await Promise.all(this.#idle.map((browser) => browser.stop()));
  }
}
