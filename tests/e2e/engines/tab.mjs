/** One page in one tab, as a user has it in front of them. */
import { kill } from "./processes.mjs";

/** @typedef {import("../engines.mjs").Browser} Browser */

/** The keys that are no signs. Source: https://www.w3.org/TR/webdriver2/#keyboard-actions @type {Record<string, string>} */
const KEYS = {
  Tab: "\uE004",
  Enter: "\uE007",
  Shift: "\uE008",
  Control: "\uE009",
  Alt: "\uE00A",
  Escape: "\uE00C",
  PageDown: "\uE00F",
  End: "\uE010",
  Home: "\uE011",
  ArrowLeft: "\uE012",
  ArrowUp: "\uE013",
  ArrowRight: "\uE014",
  ArrowDown: "\uE015",
  Delete: "\uE017",
};

export class Tab {
  /** The processes that run it. @type {number[]} */
  renderers = [];

  /** @param {Browser} browser @param {string} handle */
  constructor(browser, handle) {
    this.browser = browser;
    this.handle = handle;
  }

  /** Everything that WebDriver does, it does to the tab that was last switched to. */
  async #here() {
    await this.browser.session.post("/window", { handle: this.handle });
    return this.browser.session;
  }

  /** Brings it to the front; where tabs share a window, the one before is hidden by that. */
  async front() {
    await this.#here();
  }

  /** @param {string} url */
  async go(url) {
    const session = await this.#here();
    await session.post("/url", { url });
  }

  async reload() {
    const session = await this.#here();
    await session.post("/refresh");
  }

  async back() {
    const session = await this.#here();
    await session.post("/back");
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
  async run(script, ...args) {
    const session = await this.#here();
    return session.post("/execute/sync", {
      script: `return (${script}).apply(null, arguments)`,
      args,
    });
  }

  /** The user looks at it, and moves the pointer over it. */
  async look() {
    const session = await this.#here();
    const to = (/** @type {number} */ place) => ({
      type: "pointerMove",
      duration: 0,
      x: place,
      y: place,
    });
    const actions = [to(40), to(60), to(40)];
    await session.post("/actions", { actions: [{ type: "pointer", id: "mouse", actions }] });
  }

  /** The user clicks there. @param {number} x @param {number} y CSS pixels of the window */
  async click(x, y) {
    const session = await this.#here();
    const actions = [
      { type: "pointerMove", duration: 0, x: Math.round(x), y: Math.round(y) },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ];
    await session.post("/actions", { actions: [{ type: "pointer", id: "mouse", actions }] });
  }

  /** The user presses this key, others being held down. @param {string} key @param {string[]} held */
  async press(key, ...held) {
    const session = await this.#here();
    const code = (/** @type {string} */ name) => KEYS[name] ?? name;
    const down = (/** @type {string} */ name) => ({ type: "keyDown", value: code(name) });
    const up = (/** @type {string} */ name) => ({ type: "keyUp", value: code(name) });
    const actions = [...held.map(down), down(key), up(key), ...held.map(up).reverse()];
    await session.post("/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** Hides it by making its window small. */
  async hide() {
    const session = await this.#here();
    await session.post("/window/minimize");
  }

  /** Shows its window again. */
  async show() {
    const session = await this.#here();
    await session.post("/window/rect", { x: 0, y: 0, width: 1000, height: 700 });
  }

  /** Takes the network from it, or gives it back; Chromium only. @param {boolean} offline */
  async setOffline(offline) {
    const session = await this.#here();
    await session.post("/chromium/network_conditions", {
      network_conditions: { offline, latency: 0, throughput: -1 },
    });
  }

  /**
   * Gives its site so much room; Chromium only, the others are told as they start.
   *
   * @param {number} bytes
   */
  async limitStorage(bytes) {
    const session = await this.#here();
    if (this.browser.engine.name !== "chromium") return;
    await session.post("/goog/cdp/execute", {
      cmd: "Storage.overrideQuotaForOrigin",
      params: { origin: await this.run(() => location.origin), quotaSize: bytes },
    });
  }

  /** Closes it, as a user does who has done with it. */
  async close() {
    const session = await this.#here();
    await session.delete("/window");
    await session.post("/window", { handle: this.browser.home });
  }

  /**
   * Ends the process that runs it at once, as a crash does. The tab can't be used afterwards.
   *
   * @param {(end: () => void) => unknown} [when] calls `end` when the moment has come
   */
  async crash(when = (end) => end()) {
    const pids = await this.#processes();
    if (pids.length === 0) throw new Error("nobody knows which process runs this page");
    // A driver that finds itself in a crashed tab gives up the whole browser.
    await this.browser.session.post("/window", { handle: this.browser.home });
    await when(() => kill(pids));
  }

  async #processes() {
    if (this.browser.engine.name !== "firefox") {
      const alive = this.browser.renderers();
      return this.renderers.filter((pid) => alive.includes(pid));
    }
    // Firefox hands processes from one page to another, and says by itself which is whose.
    const session = await this.#here();
    await session.post("/moz/context", { context: "chrome" });
    try {
      // Its driver also has it end when the process of a page crashes, which no user's browser does.
      const script = `Services.env.set("MOZ_CRASHREPORTER_SHUTDOWN", "");
        return gBrowser.selectedBrowser.browsingContext.currentWindowGlobal.osPid`;
      return [await session.post("/execute/sync", { script, args: [] })];
    } finally {
      await session.post("/moz/context", { context: "content" });
    }
  }
}
