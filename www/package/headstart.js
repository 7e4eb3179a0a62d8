/**
 * Headstart from npm: the commands as functions, over the one queue that a page has.
 *
 * Importing it does nothing, so a server may. Where there is no window, nothing that is called does
 * anything either.
 */
import { load } from "./loader.js";

/**
 * @typedef {import("./command.js").Command} Command
 * @typedef {import("./command.js").Commands} Commands
 * @typedef {import("./command.js").ContentNotice} ContentNotice
 * @typedef {import("./command.js").EventName} EventName
 * @typedef {import("./command.js").Events} Events
 * @typedef {import("./command.js").Explanation} Explanation
 * @typedef {import("./command.js").IdentifyOptions} IdentifyOptions
 * @typedef {import("./command.js").Outcome} Outcome
 * @typedef {import("./command.js").Properties} Properties
 * @typedef {import("./command.js").State} State
 * @typedef {import("./command.js").TaskNotice} TaskNotice
 */

/**
 * @template {EventName} E
 * @typedef {import("./command.js").Callback<E>} Callback
 */

/**
 * What a page tells Headstart about itself, once.
 *
 * @typedef {object} InitOptions
 * @property {string} writeKey the project's public key, `wk_…`
 * @property {string | URL} endpoint where the collector is; a path is one of the page's own origin
 * @property {"required"} [consent] nobody is tracked before `consent("granted")`
 * @property {"ignore"} [gpc] the browser's Global Privacy Control doesn't count as a refusal
 * @property {string} [language] the language of what is shown, as a tag such as `de`; without it, the user's
 *   or the browser's
 * @property {string[]} [query] names of query parameters that may be sent; no other part of a query is
 * @property {string | URL} [wasm] where `headstart.wasm` is, if a bundler does not move it by itself
 */

const isBrowser = () => typeof window !== "undefined" && typeof document !== "undefined";

/** The page's queue: the loader's, that of the snippet, or a new one. */
const queue = () => {
  if (!window.headstart) {
    /** @type {import("./command.js").Call[]} */
    const q = [];
    window.headstart = Object.assign(
      (/** @type {unknown[]} */ ...args) => void q.push([Date.now(), args]),
      { q },
    );
  }
  return window.headstart;
};

/**
 * Starts Headstart on this page, once: what is there for the user is asked for when the page is idle, and the
 * widget is fetched only if there is something. Calls made before count as well.
 *
 * @param {InitOptions} options
 */
export const init = ({ writeKey, endpoint, consent, gpc, language, query, wasm }) => {
  // Asked for once more by an effect that runs twice, or by a module that was replaced.
  if (!isBrowser() || window.headstart?.writeKey === writeKey) return;
  const src = wasm ?? new URL("./headstart.wasm", import.meta.url);
  load({
    src: new URL(src, document.baseURI).href,
    dataset: { writeKey, endpoint: String(endpoint), consent, gpc, language, query: query?.join() },
  });
};

/** Any command by its name, as with the script tag. @type {Command} */
export const headstart = (/** @type {any[]} */ ...args) => {
  if (!isBrowser()) return;
  const command = /** @type {any} */ (queue());
  // The host may have an element or a variable of that name: the loader says so.
  if (typeof command === "function") return command(...args);
};

/** Says who the user is. @type {Commands["identify"]} */
export const identify = (...args) => headstart("identify", ...args);

/** Says which account they belong to. @type {Commands["group"]} */
export const group = (...args) => headstart("group", ...args);

/** Says what they did. @type {Commands["track"]} */
export const track = (...args) => headstart("track", ...args);

/** Says which page they are on, where the address does not. @type {Commands["page"]} */
export const page = (...args) => headstart("page", ...args);

/** Shows content, also after it was dismissed. @type {Commands["show"]} */
export const show = (...args) => headstart("show", ...args);

/** Sends content away. @type {Commands["dismiss"]} */
export const dismiss = (...args) => headstart("dismiss", ...args);

/** Says that a task is done. @type {Commands["complete"]} */
export const complete = (...args) => headstart("complete", ...args);

/** Allows tips and tours, or not. @type {Commands["tips"]} */
export const tips = (...args) => headstart("tips", ...args);

/** Speaks another language from now on. @type {Commands["language"]} */
export const language = (...args) => headstart("language", ...args);

/** Says whether the user agrees to be tracked. @type {Commands["consent"]} */
export const consent = (...args) => headstart("consent", ...args);

/** Says that the user has signed out. @type {Commands["reset"]} */
export const reset = () => headstart("reset");

/** Tells why each piece of content is, or is not, on screen. @type {Commands["explain"]} */
export const explain = () => headstart("explain");

/** Opens the explainer, and tells what is going on. @type {Commands["debug"]} */
export const debug = () => headstart("debug");

/** Takes Headstart off the page, until the page is loaded again. @type {Commands["destroy"]} */
export const destroy = () => headstart("destroy");

/** @typedef {{ callback?: Function }} Registration */

/** What is registered and used no more, by event: the queue has no way to take it back. */
const unused = /** @type {Record<string, Registration[]>} */ ({});

/**
 * Calls back when something happens.
 *
 * @template {EventName} E
 * @param {E} event
 * @param {Callback<E>} callback what it answers counts for `navigate` and `action:…` only
 * @returns {() => void} ends it
 */
export const on = (event, callback) => {
  const free = (unused[event] ??= []);
  const registered = free.pop();
  /** @type {Registration} */
  const registration = registered ?? {};
  registration.callback = callback;
  if (!registered) {
    headstart("on", event, (detail) =>
      // To `navigate` it means that somebody else shall go there.
      registration.callback ? registration.callback(detail) : false,
    );
  }
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    delete registration.callback;
    // What is registered for `ready` is called once, and at once if the time has come.
    if (event !== "ready") free.push(registration);
  };
};
