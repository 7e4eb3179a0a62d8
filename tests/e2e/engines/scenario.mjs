/** Scenarios: what is promised whatever happens, once for all engines. */
import { AssertionError } from "node:assert";
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

/** The browser or its driver is gone, and nobody has ended it. */
class BrowserDied extends Error {}

/** A few browsers of one engine, lent to one scenario after the other. */
export class Stable {
  /** @type {Browser[]} */
  #idle = [];

  /** @param {EngineName} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /**
   * Runs a scenario, and once more if the browser died in it by itself. What the scenario found wrong
   * stays wrong.
   *
   * @param {Scenario} scenario
   */
  async run(scenario) {
    try {
      await this.#try(scenario);
    } catch (error) {
      if (!(error instanceof BrowserDied)) throw error;
      console.log(
        `${this.engine} died by itself in "${scenario.name}", which is run again: ${error.cause}`,
      );
      await this.#try(scenario);
    }
  }

  /** @param {Scenario} scenario */
  async #try(scenario) {
    const own = scenario.kills === true || scenario.browser !== undefined;
    /** @type {Browser | undefined} */
    let browser;
    /** @type {World | undefined} */
    let world;
    let clean = false;
    try {
      world = await World.make(async (puppets) => {
        browser = await this.#start(scenario, own, puppets);
        return browser;
      });
      await scenario.run(world);
      if (!own) await browser?.clear();
      clean = !own;
    } catch (error) {
      const ours = error instanceof AssertionError;
      const alive = ours || (await browser?.isAlive());
      throw alive ? error : new BrowserDied("the browser died", { cause: error });
    } finally {
      await world?.end();
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
