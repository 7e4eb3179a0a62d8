/** What happens to the pages: they are looked at, reloaded, closed and killed, at random. */
import { setTimeout as sleep } from "node:timers/promises";
import { pick } from "../faults/random.mjs";

/** @typedef {import("./life.mjs").Life} Life */
/** @typedef {import("./user.mjs").User} User */
/** @typedef {import("./user.mjs").Open} Open */

/** The longest between two happenings, milliseconds. */
const LONGEST_PAUSE = 1_500;
/** How long a kill waits for the page to come to the moment it is meant for, milliseconds. */
const PATIENCE = 2_000;

const now = () => performance.now();

export class Chaos {
  kills = { tabs: 0, browsers: 0 };
  /** The page in front. @type {Life | undefined} */
  #front;

  /**
   * @param {import("../engines.mjs").Browser} browser
   * @param {User[]} users
   * @param {number} tabs of each
   * @param {() => number} random
   */
  constructor(browser, users, tabs, random) {
    this.browser = browser;
    this.users = users;
    this.tabs = tabs;
    this.random = random;
  }

  /** @param {number} length milliseconds */
  async run(length) {
    const end = now() + length;
    const middle = now() + length / 2;
    await this.#openAll();
    while (now() < end) {
      await sleep(this.random() * LONGEST_PAUSE);
      // Once in every run for certain, however short.
      if (this.kills.browsers === 0 && now() > middle) await this.#burn();
      else await this.#happen();
    }
  }

  async #happen() {
    const user = pick(this.random, this.users);
    const open = pick(this.random, user.open);
    const dice = this.random();
    if (dice < 0.3) return this.#look(open);
    if (dice < 0.5) return this.#reload(user, open);
    if (dice < 0.65) return this.#replace(user, open);
    if (dice < 0.95) return this.#kill(user, open);
    return this.#burn();
  }

  async #openAll() {
    for (const user of this.users) {
      while (user.open.length < this.tabs) await this.#open(user);
    }
  }

  /** @param {User} user @param {boolean} [tracks] */
  async #open(user, tracks = true) {
    const given = now();
    const tab = await this.browser.open(user.address);
    this.#behind(given);
    const loaded = now();
    const open = { tab, life: await user.live(tab, tracks) };
    user.open.push(open);
    await this.#look(open, loaded);
  }

  /** Whatever was in front is no more. @param {number} given */
  #behind(given) {
    this.#front?.fromFront(given, now());
    this.#front = undefined;
  }

  /**
   * Somebody looks at that page.
   *
   * @param {Open} open
   * @param {number} [given] since when they may have
   */
  async #look({ tab, life }, given = now()) {
    await tab.look();
    if (this.#front !== life) this.#behind(given);
    life.toFront(given, now());
    this.#front = life;
  }

  /** @param {User} user @param {Open} open */
  async #reload(user, open) {
    const given = now();
    await open.tab.reload();
    this.#behind(given);
    open.life.over("left", given, now());
    const loaded = now();
    open.life = await user.live(open.tab);
    await this.#look(open, loaded);
  }

  /** Closes a tab, and opens another. @param {User} user @param {Open} open */
  async #replace(user, open) {
    await this.#close(user, open);
    await this.#open(user);
  }

  /** @param {User} user @param {Open} open */
  async #close(user, open) {
    const given = now();
    await open.tab.close();
    this.#behind(given);
    open.life.over("left", given, now());
    user.open = user.open.filter((one) => one !== open);
  }

  /**
   * Ends the process of a page: at any time, or at the worst. That is in the middle of a call of
   * `track`, or just after it has returned, while the page waits to be heard.
   *
   * @param {User} user
   * @param {Open} open
   */
  async #kill(user, open) {
    const given = now();
    const moment = pick(this.random, [undefined, "begun", "returned", "returned"]);
    const { life } = open;
    await open.tab.crash(async (end) => {
      if (moment) await heard(user, life, moment, end);
      else end();
      life.endedAt = Date.now();
    });
    this.kills.tabs += 1;
    this.#behind(given);
    life.over("killed", given, now());
    user.open = user.open.filter((one) => one !== open);
    await this.#open(user);
  }

  /** Ends the browser, and starts it again. */
  async #burn() {
    const given = now();
    await this.browser.kill();
    this.kills.browsers += 1;
    this.#behind(given);
    for (const user of this.users) {
      for (const { life } of user.open) life.over("burnt", given, now());
      user.open = [];
    }
    await this.browser.start();
    await this.#openAll();
  }

  /** Ends all pages but one of each user, which has to send what all the others left. */
  async settle() {
    for (const user of this.users) {
      for (const open of user.open) await this.#close(user, open);
      await this.#open(user, false);
    }
  }

  /** Closes what is left. */
  async leave() {
    for (const user of this.users) {
      for (const open of user.open) await this.#close(user, open);
    }
    // The last words of the last page.
    await sleep(1_500);
  }
}

/**
 * Calls `end` in the moment in which the page tells of that, before it goes on.
 *
 * @param {User} user
 * @param {Life} life
 * @param {string} moment
 * @param {() => void} end
 */
function heard(user, life, moment, end) {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      user.onTold = () => {};
      end();
      resolve(undefined);
    };
    const timer = setTimeout(go, PATIENCE);
    user.onTold = (what, told) => {
      if (what === moment && told === life) go();
    };
  });
}
