/**
 * Signals: where the user is, also in applications that change the address without loading a page; whether they
 * look, and how time passes while they do; that they do something, never what; and what the other tabs of this
 * browser have stored. Nothing of the page's is patched for it.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { after, attempt, cancel, monotonic, overhear, take, wall } from "./borrowed.js";

/** What is told, in the order in which `src/signals.rs` has it. */
const SHOWN = 0;
const HIDDEN = 1;
const FOCUSED = 2;
const BLURRED = 3;
const ACTIVE = 4;
const TICK = 5;
const PAGE = 6;
const STORED = 7;
const LEAVING = 8;
const ONLINE = 9;

/** So often the passing of time is told of, milliseconds; well below the longest step that counts as engaged time. */
const TICKS = 5000;
/** So many calls of the browser are enough for what cuts off a function of the page to have done so. */
const BRACES = 1000;
/** Activity is told of at most so often, milliseconds. */
const PAUSE = 1000;
const ACTIVITY = ["keydown", "pointerdown", "pointermove", "scroll", "touchstart", "wheel"];
/**
 * Where the browser does not tell of every navigation, the address is looked at so often while the page is in
 * front, milliseconds.
 */
const GLANCES = 300;

/**
 * Tells where the user is and whether they look, and from now on whether they do.
 *
 * @param {(what: unknown[]) => unknown} hear is told what has happened, and more about it; answers nothing once an error of
 *   its own has stopped it, which ends all of this
 * @param {string} prefix how the keys begin that the tabs share
 */
const watch = (hear, prefix) => {
  let closed = false;
  let visible = false;
  let focused = false;
  let address = "";
  /** @type {any} */
  let navigation;
  /** @type {(() => void)[]} */
  let ends = [];
  /** What is listened to for activity. @type {(() => void)[]} */
  let heard = [];
  /** @type {Record<string, any>} */
  const timers = {};

  /** @param {number} what @param {...unknown} more */
  const tell = (what, ...more) => {
    if (!closed && !hear([what, ...more])) close();
  };
  const close = () => {
    closed = true;
    Object.values(timers).forEach(cancel);
    [...ends, ...heard].forEach((end) => end());
  };
  /**
   * What goes wrong in here is not the page's.
   *
   * @param {EventTarget} target
   * @param {string} name
   * @param {(event: any) => void} then
   */
  const listener = (target, name, then) =>
    closed ? () => {} : overhear(target, name, (event) => attempt(() => then(event)));
  /** @param {EventTarget} target @param {string} name @param {(event: any) => void} then */
  const on = (target, name, then) => ends.push(listener(target, name, then));
  /** One of each name at a time. @param {string} name @param {() => void} then @param {number} delay */
  const later = (name, then, delay) => {
    cancel(timers[name]);
    if (!closed) timers[name] = after(() => attempt(then), delay);
  };

  /** Looks whether the user does, and tells what has changed. */
  const look = () => {
    const seen = !attempt(() => document.hidden || /** @type {any} */ (document).prerendering);
    // `blur` also comes when the focus goes into a frame of the same page, which still has it.
    set(seen, seen && !attempt(() => !document.hasFocus()));
  };
  /** Into view first and then into focus; out of focus first and then out of view. @param {boolean} seen @param {boolean} held */
  const set = (seen, held) => {
    if (seen && !visible) {
      visible = true;
      tell(SHOWN);
      later("tick", tick, TICKS);
    }
    if (held !== focused) {
      focused = held;
      tell(held ? FOCUSED : BLURRED);
    }
    if (!seen && visible) {
      visible = false;
      cancel(timers.tick);
      tell(HIDDEN);
    }
  };
  const tick = () => {
    look();
    if (visible) {
      tell(TICK);
      later("tick", tick, TICKS);
    }
  };
  const brace = () => {
    for (let index = 0; index < BRACES; index++) {
      wall();
      monotonic();
    }
  };
  const leave = () => {
    // What was being told may have been cut off.
    visible = true;
    set(false, false);
    tell(LEAVING);
  };

  /** Looks where the user is. */
  const locate = () => {
    const { href, pathname, search, hash } = location;
    if (address !== href) {
      address = href;
      tell(PAGE, pathname, search, hash.replace(/^#+/, ""));
    }
  };
  const glance = () => {
    locate();
    if (!navigation && !attempt(() => document.hidden)) later("glance", glance, GLANCES);
  };
  /** Not at once: the host is in the middle of going there. */
  const moved = () => later("glance", glance, 0);

  /** One is enough: a pointer moves a hundred times a second, so nobody listens for a while. */
  const notice = () => {
    heard.forEach((end) => end());
    heard = [];
    later("notice", attend, PAUSE);
    tell(ACTIVE);
  };
  const attend = () => {
    heard = ACTIVITY.map((name) => listener(globalThis, name, notice));
  };

  on(globalThis, "storage", ({ key, newValue }) => {
    if (key?.startsWith(prefix)) tell(STORED, key.slice(prefix.length), newValue);
  });
  locate();
  on(document, "visibilitychange", look);
  on(document, "prerenderingchange", look);
  on(globalThis, "pageshow", look);
  // When a tab is closed Firefox cuts off the function of the page that runs then, without an exception and for
  // once. So the first to hear of it has nothing to lose, and should it be the next that is cut off, another one
  // does its work.
  on(globalThis, "pagehide", brace);
  on(globalThis, "pagehide", leave);
  on(globalThis, "pagehide", () => leave());
  on(globalThis, "focus", look);
  on(globalThis, "blur", look);
  on(globalThis, "online", () => tell(ONLINE));
  look();

  return {
    /** Tells from now on also when they go elsewhere, or have gone, and when they do something. */
    listen() {
      // A page may have anything else by that name.
      navigation = take(globalThis, "Navigation") && take(globalThis, "navigation");
      if (navigation) on(navigation, "currententrychange", moved);
      else on(document, "visibilitychange", moved);
      on(globalThis, "popstate", moved);
      on(globalThis, "hashchange", moved);
      moved();
      attend();
    },
    close,
  };
};

/**
 * The names and values of a query (with or without `?`), decoded by the browser, one after the other.
 *
 * @param {string} search
 */
const pairs = (search) => attempt(() => [...new URLSearchParams(search)].flat()) || [];

/** For Rust: as an object, so that the wasm imports from wasm-bindgen's glue alone. */
export const signals = { watch, pairs };
