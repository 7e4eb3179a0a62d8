/**
 * Three engines, steered alike: Chromium, Firefox and WebKitGTK, as Debian packages them. Each
 * browser keeps a profile of its own in a folder, so that it can be killed and started again on
 * what it had on disk.
 */
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { descendants } from "./engines/processes.mjs";
import { Programs, program } from "./engines/programs.mjs";
import { Tab } from "./engines/tab.mjs";
import { Session } from "./engines/webdriver.mjs";

/** @typedef {"chromium" | "firefox" | "webkit"} EngineName */

/**
 * @typedef {object} Engine what is particular about one
 * @property {EngineName} name
 * @property {[string, ...string[]]} driver the program that steers it
 * @property {boolean} needsDisplay whether it shows itself on an X display
 * @property {(profile: string, options: BrowserOptions) => Record<string, unknown>} capabilities
 * @property {(profile: string, options: BrowserOptions) => Promise<void>} prepare lays out a profile
 * @property {"tab" | "window"} opens what a second page is opened in: WebKit's automation never
 *   brings a tab to the front, so its pages get windows
 * @property {RegExp} renderer the command line of the processes that run pages
 */

/**
 * @typedef {object} BrowserOptions
 * @property {number} [quota] the most that sites may store, bytes; Firefox only
 * @property {string} [alias] a host name that leads to this machine; its pages are in no secure
 *   context. Not WebKit
 */

/** Keeps Chromium to itself: no updates, no first-run pages, no traffic of its own. */
const CHROMIUM_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-breakpad",
  // A renderer kept in store would make it unclear which one runs the page just opened.
  "--disable-features=SpareRendererForSitePerProcess",
];

/** The same for Firefox; and it must not ask whether to restore what it was killed with. */
const FIREFOX_PREFERENCES = {
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "browser.sessionstore.resume_from_crash": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "browser.startup.page": 0,
  "browser.tabs.crashReporting.sendReport": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,#remote-settings-dummy/v1",
  "toolkit.startup.max_resumed_crashes": -1,
  "toolkit.telemetry.reportingpolicy.firstRun": false,
};

/** A window's place and size, pixels. */
export const SIZE = { x: 0, y: 0, width: 1000, height: 700 };

/** Where Debian puts WebKitGTK's browser, which is not meant for users and so not on PATH. */
export const MINIBROWSER = program(
  "MINIBROWSER",
  "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
);

/** @type {Record<EngineName, Engine>} */
export const ENGINES = {
  chromium: {
    name: "chromium",
    driver: [program("CHROMEDRIVER", "chromedriver")],
    needsDisplay: false,
    opens: "tab",
    renderer: /--type=renderer(?!.*(--extension-process|--top-chrome-webui))/,
    capabilities: (profile, { alias }) => ({
      browserName: "chrome",
      "goog:chromeOptions": {
        binary: program("CHROMIUM", "/usr/bin/chromium"),
        args: [
          ...CHROMIUM_FLAGS,
          `--user-data-dir=${profile}`,
          ...(alias === undefined ? [] : [`--host-resolver-rules=MAP ${alias} 127.0.0.1`]),
        ],
      },
    }),
    prepare: async () => {},
  },
  firefox: {
    name: "firefox",
    // Without system access it does not tell which process runs a page.
    driver: [program("GECKODRIVER", "geckodriver"), "--allow-system-access"],
    needsDisplay: false,
    opens: "tab",
    renderer: /-contentproc .*-isForBrowser/,
    capabilities: (profile) => ({
      browserName: "firefox",
      "moz:firefoxOptions": {
        binary: program("FIREFOX", "/usr/bin/firefox"),
        args: ["-headless", "-profile", profile],
      },
    }),
    async prepare(profile, { quota, alias }) {
      const preferences = {
        ...FIREFOX_PREFERENCES,
        ...(alias === undefined ? {} : { "network.dns.localDomains": alias }),
        ...(quota === undefined
          ? {}
          : { "dom.quotaManager.temporaryStorage.fixedLimit": quota / 1024 }),
      };
      const lines = Object.entries(preferences).map(
        ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
      );
      await writeFile(join(profile, "user.js"), lines.join("\n"));
    },
  },
  webkit: {
    name: "webkit",
    driver: [program("WEBKIT_WEBDRIVER", "WebKitWebDriver")],
    needsDisplay: true,
    opens: "window",
    renderer: /WebKitWebProcess/,
    capabilities: () => ({
      browserName: "MiniBrowser",
      "webkitgtk:browserOptions": {
        binary: MINIBROWSER,
        args: ["--automation", "--javascript-can-open-windows-automatically=true"],
      },
    }),
    prepare: async () => {},
  },
};

/** One running browser, and its profile. */
export class Browser {
  /** @type {Session | undefined} */
  #session;
  #programs;
  /** The window it started with: never used for a page, so that it is there when those are closed. */
  home = "";
  /** @type {import("node:child_process").ChildProcess | undefined} */
  driver;

  /** @param {Engine} engine @param {string} profile @param {BrowserOptions} options */
  constructor(engine, profile, options) {
    this.engine = engine;
    this.profile = profile;
    this.options = options;
    this.#programs = new Programs(profile);
  }

  /** Starts a browser on a new profile. @param {EngineName} name @param {BrowserOptions} [options] */
  static async start(name, options = {}) {
    const profile = await mkdtemp(join(tmpdir(), `headstart-${name}-`));
    const browser = new Browser(ENGINES[name], profile, options);
    try {
      await browser.start();
    } catch (error) {
      await browser.stop();
      throw error;
    }
    return browser;
  }

  /** @returns {Session} */
  get session() {
    if (!this.#session) throw new Error("the browser is not running");
    return this.#session;
  }

  /** Starts it on the profile that it has. */
  async start() {
    const { engine, profile } = this;
    await engine.prepare(profile, this.options);
    const display = engine.needsDisplay ? await this.#programs.startDisplay() : undefined;
    const port = await freePort();
    const [name, ...flags] = engine.driver;
    const driver = this.#programs.start(name, [...flags, `--port=${port}`], { display });
    this.driver = driver;
    this.#session = await Session.start(
      `http://127.0.0.1:${port}`,
      engine.capabilities(profile, this.options),
      () => driver.exitCode !== null,
    );
    this.home = /** @type {string} */ (await this.session.get("/window"));
    // Once it has run a script, the process that shows it is there and is not taken for another's.
    await this.session.post("/execute/sync", { script: "", args: [] });
  }

  /** Whether it still does what it is asked to. */
  async isAlive() {
    const answer = this.#session?.get("/window/handles");
    return (await answer?.catch(() => undefined)) !== undefined;
  }

  /** The processes that run pages. */
  renderers() {
    const found = descendants(this.driver?.pid ?? 0);
    return found.filter(({ command }) => this.engine.renderer.test(command)).map(({ pid }) => pid);
  }

  /** Opens a page in a tab of its own, in front. @param {string} url */
  async open(url) {
    const before = this.renderers();
    await this.session.post("/window", { handle: this.home });
    const { handle } = await this.session.post("/window/new", { type: this.engine.opens });
    const tab = new Tab(this, handle);
    await tab.go(url);
    tab.renderers = this.renderers().filter((pid) => !before.includes(pid));
    return tab;
  }

  /** The tabs that pages have opened by themselves since then. @param {Tab[]} known */
  async others(known) {
    /** @type {string[]} */
    const handles = await this.session.get("/window/handles");
    const old = [this.home, ...known.map(({ handle }) => handle)];
    return handles.filter((handle) => !old.includes(handle)).map((one) => new Tab(this, one));
  }

  /** Closes all pages, and shows the window in case it was made small. */
  async clear() {
    for (const tab of await this.others([])) await tab.close();
    await this.session.post("/window", { handle: this.home });
    await this.session.post("/window/rect", SIZE);
  }

  /** Ends every process of it at once, as a crash or an empty battery does. */
  async kill() {
    this.#session = undefined;
    await this.#programs.kill();
  }

  /** Ends it, and its profile with it. */
  async stop() {
    // Nobody reads the profile any more, so there is nothing to end in order.
    await this.kill();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @returns {Promise<number>} a port that was free a moment ago */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}
