/**
 * What the widget's JavaScript borrows from the browser: functions taken as the widget starts, before
 * the page may patch them (again), and ways to use them that never throw or reject. Promises are the
 * browser's own, as async functions make them.
 *
 * The build puts this into wasm-bindgen's glue.
 */

/** For so long the browser is waited for, milliseconds. */
const PATIENCE = 3000;

const window = globalThis;
export const { apply, construct } = Reflect;

/**
 * What `work` returns, or nothing where it throws.
 *
 * @template T
 * @param {() => T} work
 */
export const attempt = (work) => {
  try {
    return work();
  } catch (_) {
    // Every caller has a way to go on without.
  }
};

/**
 * A property of something that may be missing or may throw. Where Angular's zone.js has put its own
 * in front of a function, the browser's: otherwise each of our timers and listeners would have the
 * page's application look itself over for changes.
 *
 * @param {any} object
 * @param {string} name
 */
export const take = (object, name) =>
  attempt(() => object["__zone_symbol__" + name] || object[name]);

/** @param {string} type @param {string} name */
export const method = (type, name) => take(take(take(window, type), "prototype"), name);

let [addListener, removeListener, setTimer, clearTimer] = /** @type {any[]} */ ([]);
let [date, now, performance, tick] = /** @type {any[]} */ ([]);
let [closeDatabase, transact, storeOf, commit] = /** @type {any[]} */ ([]);
export let [databases, openDatabase, deleteDatabase] = /** @type {any[]} */ ([]);
export let [storePut, storeDelete, storeGet, storeKeys] = /** @type {any[]} */ ([]);
export let [area, areaGet, areaSet, areaRemove, areaKey] = /** @type {any[]} */ ([]);
export let [locks, requestLock] = /** @type {any[]} */ ([]);
export let [fetch, fetchLater, beacon] = /** @type {any[]} */ ([]);
export let [Gzip, Parts, Answer] = /** @type {any[]} */ ([]);
export let [json, parseJson, writeJson] = /** @type {any[]} */ ([]);

/** Takes it all, as it is now. Answers where it is from. */
export function borrow() {
  addListener = method("EventTarget", "addEventListener");
  removeListener = method("EventTarget", "removeEventListener");
  setTimer = take(window, "setTimeout");
  clearTimer = take(window, "clearTimeout");
  date = take(window, "Date");
  now = take(date, "now");
  performance = take(window, "performance");
  tick = take(performance, "now");
  fetch = take(window, "fetch");
  fetchLater = take(window, "fetchLater");
  beacon = take(take(window, "navigator"), "sendBeacon");
  databases = take(window, "indexedDB");
  openDatabase = take(databases, "open");
  deleteDatabase = take(databases, "deleteDatabase");
  closeDatabase = method("IDBDatabase", "close");
  transact = method("IDBDatabase", "transaction");
  storeOf = method("IDBTransaction", "objectStore");
  commit = method("IDBTransaction", "commit");
  storePut = method("IDBObjectStore", "put");
  storeDelete = method("IDBObjectStore", "delete");
  storeGet = method("IDBObjectStore", "get");
  storeKeys = method("IDBObjectStore", "getAllKeys");
  area = take(window, "localStorage");
  areaGet = take(area, "getItem");
  areaSet = take(area, "setItem");
  areaRemove = take(area, "removeItem");
  areaKey = take(area, "key");
  locks = take(take(window, "navigator"), "locks");
  requestLock = take(locks, "request");
  Gzip = take(window, "CompressionStream");
  Parts = take(window, "Blob");
  Answer = take(window, "Response");
  json = take(window, "JSON");
  parseJson = take(json, "parse");
  writeJson = take(json, "stringify");
  return window;
}

/** @type {PromiseConstructor} */
const Promise = /** @type {any} */ ((async () => {})().constructor);

/**
 * Wall milliseconds. A page that freezes or breaks a clock gets wrong times, nothing worse.
 *
 * @returns {number}
 */
export const wall = () => attempt(() => +apply(now, date, [])) || 0;

/** Milliseconds that go on, whatever the clock is set to. @returns {number} */
export const monotonic = () => {
  const time = attempt(() => apply(tick, performance, []));
  return typeof time == "number" ? time : wall();
};

/** A number from 0 up to, not including, 1. */
const random = () => attempt(() => Math.min(Math.max(Math.random(), 0), 1)) ?? 0.5;

/** A new id, that no other browser has. @returns {string} */
const unique = () => {
  const crypto = take(window, "crypto");
  // It is there in secure contexts only.
  const id = attempt(() => crypto.randomUUID());
  if (typeof id == "string") return id;
  const words = new Uint32Array(4);
  attempt(() => crypto.getRandomValues(words));
  return [...words, wall(), random() * 2 ** 52]
    .map((part) => Math.floor(part).toString(16))
    .join("-");
};

/** Reads JSON; nothing if it is none, or the page has broken `JSON`. @param {string} text @returns {any} */
const parse = (text) => attempt(() => apply(parseJson, json, [text]));

/** Reads JSON without the page's `JSON`, which takes a moment. @param {string} text */
const parseLater = async (text) => construct(Answer, [text]).json();

/**
 * What the promise brings, or nothing if it is broken or takes too long.
 *
 * @template T
 * @param {Promise<T> | undefined} promise
 * @param {number} [patience]
 * @returns {Promise<T | undefined>}
 */
export const within = (promise, patience = PATIENCE) =>
  new Promise((resolve) => {
    const give = () => resolve(undefined);
    const timer = attempt(() => apply(setTimer, window, [give, patience]));
    // To wait like this passes the page's `then` by.
    (async () => {
      try {
        resolve(await promise);
      } catch (_) {
        give();
      }
      attempt(() => apply(clearTimer, window, [timer]));
    })();
  });

/**
 * A promise, and the function that keeps it.
 *
 * @template T
 * @returns {[Promise<T>, (value: T) => void]}
 */
export const promise = () => {
  /** @type {any} */
  let keep;
  return [new Promise((resolve) => (keep = resolve)), keep];
};

/** @param {EventTarget} target @param {string} name @param {(event: any) => void} then */
export const listen = (target, name, then) => {
  attempt(() => apply(addListener, target, [name, then]));
};

/**
 * Listens in the capture phase, so that the page cannot stop what it handles, and passively, so that
 * it never holds up scrolling. Answers how to end it.
 *
 * @param {EventTarget} target
 * @param {string} name
 * @param {(event: any) => void} then
 */
export const overhear = (target, name, then) => {
  const options = { capture: true, passive: true };
  attempt(() => apply(addListener, target, [name, then, options]));
  return () => attempt(() => apply(removeListener, target, [name, then, options]));
};

/** @param {() => void} then @param {number} delay milliseconds @returns {any} what `cancel` takes */
export const after = (then, delay) => attempt(() => apply(setTimer, window, [then, delay]));

/** @param {any} timer */
export const cancel = (timer) => attempt(() => apply(clearTimer, window, [timer]));

/** Whether of two events the good one comes first. @param {EventTarget} target @param {string} good @param {string} bad */
export const outcome = (target, good, bad) => {
  const [coming, come] = /** @type {[Promise<boolean>, (good: boolean) => void]} */ (promise());
  listen(target, good, () => come(true));
  listen(target, bad, () => come(false));
  return coming;
};

/** @typedef {{ transaction: IDBTransaction, store: IDBObjectStore }} Work */

/**
 * Begins some work on a database, of which all is done, or nothing. Nothing if the database is gone.
 *
 * Written is what the operating system has, which outlives the browser; not what the disk has, which
 * would cost every event a turn of it.
 *
 * @param {IDBDatabase | undefined} database
 * @param {string} name
 * @param {IDBTransactionMode} [mode]
 * @returns {Work | undefined}
 */
export const begin = (database, name, mode = "readwrite") =>
  database &&
  attempt(() => {
    const options = { durability: "relaxed" };
    const transaction = apply(transact, database, [name, mode, options]);
    return { transaction, store: apply(storeOf, transaction, [name]) };
  });

/** Asks for something as part of some work. @param {Work} work @param {Function} ask @param {unknown[]} args @returns {any} */
export const on = (work, ask, ...args) => attempt(() => apply(ask, work.store, args));

/**
 * That was all of the work. Says whether it is done. It is in the browser's hands at once, whatever
 * becomes of the page.
 *
 * @param {Work} work
 */
export const finish = ({ transaction }) => {
  const done = outcome(transaction, "complete", "abort");
  attempt(() => apply(commit, transaction, []));
  return done;
};

/** @param {IDBDatabase | undefined} database */
export const disconnect = (database) => attempt(() => apply(closeDatabase, database, []));

/** For Rust: as an object, so that the wasm imports from wasm-bindgen's glue alone. */
export const native = {
  wall,
  monotonic,
  random,
  unique,
  parse,
  parseLater,
  after,
  cancel,
};
