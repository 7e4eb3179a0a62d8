/** A simulated user: pages of one site in some tabs of the browser, and a network that fails. */
import { serveTracked } from "../../hosts/tracked/host.mjs";
import { eventually } from "../eventually.mjs";
import { startFaults } from "../faults.mjs";
import { Life } from "./life.mjs";

/** So often each page tracks an event, milliseconds; browsers slow it down where nobody looks. */
const EVERY = 150;
/** How long a page may take to load all that it needs on a busy machine, milliseconds. */
const UNTIL_READY = 30_000;

/** @typedef {import("../engines/tab.mjs").Tab} Tab */
/** @typedef {{ tab: Tab, life: Life }} Open */

let lives = 0;

export class User {
  /** @type {Open[]} */
  open = [];
  /** @type {Life[]} */
  lives = [];
  /** Called when the page has told of an event, before the page goes on. */
  /** @type {(what: string, life: Life) => void} */
  onTold = () => {};

  /**
   * @param {string} name
   * @param {import("../faults.mjs").Faults} faults
   * @param {import("../../hosts/tracked/host.mjs").TrackedHost} host
   * @param {import("./ledger.mjs").Ledger} ledger
   */
  constructor(name, faults, host, ledger) {
    this.name = name;
    this.faults = faults;
    this.host = host;
    host.onTell((what, id) => {
      const life = this.lives.find(({ name }) => id.startsWith(`${name}-`));
      if (!life) throw new Error(`nobody tracks ${id}`);
      if (what === "begun") ledger.begin(id, life);
      else ledger.returned(id);
      this.onTold(what, life);
    });
  }

  /**
   * @param {string} name
   * @param {import("../collector.mjs").Collector} collector
   * @param {import("./ledger.mjs").Ledger} ledger
   */
  static async start(name, collector, ledger) {
    const faults = await startFaults({ collector: collector.url });
    const host = await serveTracked({ collector: faults.url, writeKey: collector.writeKey });
    return new User(name, faults, host, ledger);
  }

  get address() {
    return `${this.host.url}/?user=${this.name}`;
  }

  /**
   * Has the page in that tab track, if it `tracks`, from when the widget is there and ready.
   *
   * @param {Tab} tab
   * @param {boolean} [tracks]
   */
  async live(tab, tracks = true) {
    const life = new Life(`${this.name}-${(lives += 1)}`);
    this.lives.push(life);
    // Until the page has its database open, a browser that is killed takes along what it tracks.
    await eventually(
      () =>
        tab.run(() => {
          /** @type {any} */
          const state = window.ready && headstart("debug");
          return state && state.queue.place === "indexeddb";
        }),
      Boolean,
      { within: UNTIL_READY, what: `the widget of ${this.name}` },
    );
    if (!tracks) return life;
    await tab.run(
      (name, every) => {
        let turn = 0;
        setInterval(() => window.takeAndTell(`${name}-${(turn += 1)}`), every);
      },
      life.name,
      EVERY,
    );
    return life;
  }

  async close() {
    await this.host.close();
    await this.faults.close();
  }
}
