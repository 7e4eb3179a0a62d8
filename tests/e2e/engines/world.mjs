/**
 * What a scenario finds: a browser of one engine, a collector of its own with the server that goes
 * wrong before it, and a page that tracks.
 */
import assert from "node:assert/strict";
import { serveTracked } from "../../hosts/tracked/host.mjs";
import { startCollector } from "../collector.mjs";
import { rows } from "../database.mjs";
import { eventually } from "../eventually.mjs";
import { startFaults } from "../faults.mjs";
import { CHECKLIST } from "../probe.mjs";

/** @typedef {import("../engines.mjs").Browser} Browser */
/** @typedef {import("../faults.mjs").Entry} Entry */
/** @typedef {import("../faults/messages.mjs").Message} Message */
/** @typedef {import("./tab.mjs").Tab} Tab */

/** What each engine's pages can do, also where nobody steers it. @typedef {Pick<Tab, "run">} Page */

/** How long a page may take to load all that it needs on a busy machine, milliseconds. */
const UNTIL_READY = 60_000;
/**
 * How long events may take to arrive when nothing is in their way, milliseconds. Firefox may give the turn to send to a
 * page that is just being left and never gives it back; after 60 s the next page takes it (`MOST_WAITS` in
 * src/transport.rs).
 */
const UNTIL_THERE = 90_000;

export class World {
  #taken = 0;

  /**
   * @param {Browser} browser
   * @param {import("../collector.mjs").Collector} collector
   * @param {import("../faults.mjs").Faults} faults
   * @param {import("../../hosts/tracked/host.mjs").TrackedHost} host
   */
  constructor(browser, collector, faults, host) {
    this.browser = browser;
    this.engine = browser.engine.name;
    this.collector = collector;
    this.faults = faults;
    this.host = host;
  }

  /** @param {(puppets: import("../../hosts/tracked/puppeteer.mjs").Puppets) => Promise<Browser>} start */
  static async make(start) {
    const collector = await startCollector();
    await collector.publish(CHECKLIST);
    const faults = await startFaults({ collector: collector.url });
    const host = await serveTracked({
      collector: faults.url,
      writeKey: collector.writeKey,
      pinned: () => collector.script(faults.url, "--pinned"),
    });
    try {
      return new World(await start(host.puppets), collector, faults, host);
    } catch (error) {
      await host.close();
      await faults.close();
      await collector.stop();
      throw error;
    }
  }

  /** Ends all but the browser. */
  async end() {
    await this.host.close();
    await this.faults.close();
    await this.collector.stop();
  }

  /** The address of the page, with that query. */
  page(query = "") {
    return `${this.host.url}/${query}`;
  }

  /** The address of a page where nothing is tracked. */
  away(query = "") {
    return `${this.host.url}/away${query}`;
  }

  /** Opens the page, and waits for the widget to be there. */
  async visit(query = "") {
    const tab = await this.browser.open(this.page(query));
    await this.ready(tab);
    return tab;
  }

  /** Waits for the widget to be there. @param {Page} page */
  async ready(page) {
    await eventually(() => page.run(() => window.ready), Boolean, {
      within: UNTIL_READY,
      what: "the widget",
    });
  }

  /**
   * Waits until the browser says that its database has these events of a page.
   *
   * @param {Page} page
   * @param {string[]} ids
   */
  async written(page, ids) {
    await eventually(
      async () => await page.run(written, `headstart.${this.collector.writeKey}`),
      (texts) => ids.every((id) => texts.some((text) => text.includes(`"${id}"`))),
      { what: "that these are in the database" },
    );
  }

  /** Makes up names for so many events. @param {number} count */
  names(count) {
    return Array.from({ length: count }, () => `step-${(this.#taken += 1)}`);
  }

  /** Tracks so many events in the page. @param {Page} page @param {number} [count] */
  async take(page, count = 3) {
    const ids = this.names(count);
    await page.run((ids) => window.take(ids), ids);
    return ids;
  }

  /** What the page has said in the console. @param {Page} page */
  said(page) {
    return page.run(() => window.said);
  }

  /** @param {string} sql */
  rows(sql) {
    return rows(this.collector, sql);
  }

  /** What the collector has of the page's events: for each, its name, and when and whose it was. */
  stored() {
    return this.rows(
      `SELECT json_extract(properties, '$.id') AS id, message_id, at, user_id, person, session_id
       FROM events WHERE name = 'Step Taken' ORDER BY at, seq`,
    );
  }

  /**
   * Waits for events to be in the collector's database, and checks that each is there once.
   *
   * @param {string[]} ids
   * @param {number} [within] milliseconds
   */
  async arrive(ids, within = UNTIL_THERE) {
    const stored = async () => (await this.stored()).map(({ id }) => /** @type {string} */ (id));
    const missing = (/** @type {string[]} */ found) => ids.filter((id) => !found.includes(id));
    await eventually(
      async () => missing(await stored()),
      ({ length }) => length === 0,
      {
        within,
        what: "the arrival of these events",
        more: () => this.diary(),
      },
    );
    const found = await stored();
    const twice = found.filter((id, place) => found.indexOf(id) !== place);
    assert.deepEqual(twice, [], "these were counted more than once");
  }

  /** Waits for something else. @param {() => boolean} good @param {string} what */
  async until(good, what) {
    await eventually(good, Boolean, { within: UNTIL_THERE, what, more: () => this.diary() });
  }

  /** Waits for a request to the tracking API. @param {(entry: Entry) => boolean} isIt */
  async request(isIt = () => true) {
    const found = await eventually(
      () => this.faults.sent().find(isIt),
      (entry) => entry !== undefined,
      { within: UNTIL_THERE, what: "a request" },
    );
    return /** @type {Entry} */ (found);
  }

  /** How often each message was sent. @param {Entry[]} [entries] */
  sendings(entries = this.faults.sent()) {
    /** @type {Map<string, number>} */
    const times = new Map();
    for (const { messages } of entries) {
      for (const { messageId } of messages) times.set(messageId, (times.get(messageId) ?? 0) + 1);
    }
    return times;
  }

  /** What was done to each request, for the message of a test that failed. */
  diary() {
    return this.faults.log
      .map(({ path, messages, fault, status }) => {
        const steps = messages.map(
          ({ properties, event, type }) => properties?.["id"] ?? event ?? type,
        );
        return `${path}[${steps.join(" ")}] ${fault.do ?? "pass"} ${status}`;
      })
      .join("; ");
  }
}

/**
 * The texts in the widget's database, as the process that keeps it has them. Runs in the page.
 *
 * @param {string} name
 * @returns {Promise<string[]>}
 */
function written(name) {
  return new Promise((resolve) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => resolve([]);
    // There is none yet, and none is made.
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onsuccess = () => {
      const transaction = opening.result.transaction("texts");
      const texts = transaction.objectStore("texts").getAll();
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(texts.result);
      };
    };
  });
}

/** @param {Message} message @returns {string | undefined} the name that the page gave the event */
export function stepOf({ properties }) {
  return properties?.["id"];
}
