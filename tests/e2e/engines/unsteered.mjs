/**
 * WebKitGTK's browser as a user starts it. Steered by WebDriver it keeps nothing on disk, and
 * WebDriver gives it up when the process of a page dies; so what is about being killed is tested
 * without. Its pages obey by themselves (see `puppet.js`), as far as calling functions goes.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ENGINES, MINIBROWSER } from "../engines.mjs";
import { descendants, kill } from "./processes.mjs";
import { Programs } from "./programs.mjs";

/** How long a page may take to do what it is asked, also if it has to be loaded first, milliseconds. */
const PATIENCE = 60_000;

/** @typedef {import("../../hosts/tracked/puppeteer.mjs").Puppets} Puppets */

let pages = 0;

export class Unsteered {
  engine = ENGINES.webkit;
  #programs;
  #puppets;
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #browser;
  /** @type {string | undefined} */
  #display;
  /** @type {PuppetTab[]} */
  #tabs = [];

  /** @param {string} profile @param {Puppets} puppets */
  constructor(profile, puppets) {
    this.profile = profile;
    this.#programs = new Programs(profile);
    this.#puppets = puppets;
  }

  /** On a new profile. @param {Puppets} puppets of the host whose pages it will show */
  static async start(puppets) {
    const profile = await mkdtemp(join(tmpdir(), "headstart-webkit-"));
    const browser = new Unsteered(profile, puppets);
    await browser.start();
    return browser;
  }

  /** Gets it ready; it starts with its first page. */
  async start() {
    this.#display = await this.#programs.startDisplay();
  }

  /** Whether it still runs. */
  async isAlive() {
    return this.#browser?.exitCode === null && this.#browser.signalCode === null;
  }

  renderers() {
    const found = descendants(this.#browser?.pid ?? 0);
    return found.filter(({ command }) => this.engine.renderer.test(command)).map(({ pid }) => pid);
  }

  /** Opens a page in a window of its own. @param {string} url */
  async open(url) {
    const name = `page-${(pages += 1)}`;
    const address = `${url}${url.includes("?") ? "&" : "?"}puppet=${name}`;
    const before = this.renderers();
    const opener = this.#tabs[0];
    if (opener) {
      await opener.run((address) => void window.open(address, "_blank", "noopener"), address);
    } else {
      const flags = ["--javascript-can-open-windows-automatically=true", address];
      this.#browser = this.#programs.start(MINIBROWSER, flags, { display: this.#display });
    }
    const tab = new PuppetTab(this.#puppets, name);
    this.#tabs.push(tab);
    await tab.run(() => undefined);
    tab.renderers = this.renderers().filter((pid) => !before.includes(pid));
    return tab;
  }

  /** Ends every process of it at once. */
  async kill() {
    this.#tabs = [];
    await this.#programs.kill();
  }

  /** Ends it, and its profile with it. */
  async stop() {
    await this.kill();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

export class PuppetTab {
  /** @type {number[]} */
  renderers = [];
  #puppets;
  #name;

  /** @param {Puppets} puppets @param {string} name */
  constructor(puppets, name) {
    this.#puppets = puppets;
    this.#name = name;
  }

  /**
   * Calls a function in the page.
   *
   * @template {unknown[]} Arguments
   * @template Answer
   * @param {(...args: Arguments) => Answer} script
   * @param {Arguments} args
   * @returns {Promise<Answer>}
   */
  run(script, ...args) {
    const call = `(${script}).apply(null, ${JSON.stringify(args)})`;
    return this.#puppets.ask(this.#name, call, PATIENCE);
  }

  /** Nothing to do: its window is in front, which is all that looking at it takes. */
  async look() {}

  /** Ends the process that runs it at once, as a crash does. */
  async crash() {
    if (this.renderers.length === 0) throw new Error("nobody knows which process runs this page");
    kill(this.renderers);
  }
}
