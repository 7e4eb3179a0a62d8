/**
 * The outbox: where the texts of events wait to be sent, and the count of those that were lost.
 *
 * In JavaScript, since nearly all of it is asking the browser for something and waiting: as wasm it is
 * several times as large. What is decided about events is decided in Rust.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import {
  apply,
  area,
  areaGet,
  areaKey,
  areaRemove,
  areaSet,
  attempt,
  begin,
  databases,
  deleteDatabase,
  disconnect,
  finish,
  json,
  listen,
  on,
  openDatabase,
  outcome,
  parseJson,
  storeDelete,
  storeGet,
  storeKeys,
  storePut,
  wall,
  within,
  writeJson,
} from "./borrowed.js";

/** The database's schema. Raising it needs a step in `upgrade`. */
const VERSION = 1;
const TEXTS = "texts";
const LEASES = "leases";
/** So often in a row the database may be gone, or refuse a text, before we do without it. */
const MOST_FAILURES = 3;
/** So many characters of the latest texts are at hand; browsers take no more from a page's end. */
const AT_HAND = 64 * 1024;
/** So many of those that were refused for good are kept, and so many characters of what is wrong. */
const MOST_DEAD = 20;
const LONGEST_ERROR = 200;
/** The name of an event: time, number, tab, kind, bytes, user. */
const NAME = /^\d+\.\d+\.[^.]*\.\d\.\d+\./;

/** Brings the schema from a version (0: there is none) to `VERSION`. @param {IDBDatabase} database @param {number} from */
const upgrade = (database, from) => {
  if (from < 1) {
    for (const name of [TEXTS, LEASES]) attempt(() => database.createObjectStore(name));
  }
};

/**
 * Opens a database. Nothing if the browser refuses; it may also never answer.
 *
 * @param {string} name
 * @returns {Promise<IDBDatabase | undefined>}
 */
const connect = async (name) => {
  const request = attempt(() => apply(openDatabase, databases, [name, VERSION]));
  if (!request) return undefined;
  listen(request, "upgradeneeded", ({ oldVersion }) => upgrade(request.result, oldVersion));
  return (await outcome(request, "success", "error")) ? request.result : undefined;
};

/** Adds counts to counts. @param {any} all @param {any} counts */
const add = (all, counts) => {
  for (const one of Object.keys(counts)) all[one] = (all[one] || 0) + +counts[one];
};

/**
 * Gives a name to the text of an event that a version kept which wrote none that says all: under time,
 * number and tab. Its text ends on its user.
 *
 * @param {string} old
 * @param {string} text
 */
const rename = (old, text) => {
  const [time = "", number = ""] = old.split(".");
  const at = /^\d{13}$/.test(time) ? time : wall();
  const tab = old.slice(time.length + number.length + 2).replace(/\./g, "-");
  const user = /,"userId":"([^"\\]*)"}$/.exec(text);
  return `${at}.${+number || 0}.${tab}.2.${text.length}.${user ? user[1] : ""}`;
};

/**
 * The outbox of a project. All tabs of the site share it. Texts are in a database; until it is open,
 * and where there is none, they are in `localStorage`, from which the database takes them over; and
 * in memory where not even that is possible, or wanted.
 *
 * @param {string} project
 * @param {boolean} held whether all is to stay in memory until it is let go
 */
export function openOutbox(project, held) {
  const name = `headstart.${project}`;
  const prefix = `${name}.queue.`;
  /** What is nowhere else. @type {Map<string, string>} */
  const memory = new Map();
  /** The latest texts of this tab. @type {Map<string, string>} */
  const recent = new Map();
  let atHand = 0;
  /** What the database was given, and has not yet confirmed. @type {Map<string, string>} */
  const unconfirmed = new Map();
  /** What `localStorage` has, as far as this tab knows. @type {Set<string>} */
  const spare = new Set();
  /** What was put (or removed: false) while the names are being asked for. @type {Map<string, boolean> | undefined} */
  let meanwhile;
  /** What is to be removed from the database, and may still be there. @type {Set<string>} */
  const gone = new Set();
  /** @type {IDBDatabase | undefined} */
  let database;
  /** @type {Promise<void> | undefined} */
  let opening;
  let without = false;
  let ended = false;
  let attempts = 0;
  let losses = 0;
  let refusals = 0;
  /** What was lost, and not told the collector yet. @type {any} */
  let lost;
  let savedAt = 0;

  const isFull = () => refusals >= MOST_FAILURES;

  /** Says whether the browser keeps it. @param {string} key @param {string} text @returns {unknown} */
  const write = (key, text) => !held && attempt(() => (apply(areaSet, area, [key, text]), true));
  /** @param {string} key @returns {string | undefined} */
  const read = (key) => (held ? undefined : attempt(() => apply(areaGet, area, [key])));
  /** @param {string} key */
  const erase = (key) => held || attempt(() => apply(areaRemove, area, [key]));

  /** Puts a text into `localStorage`. @param {string} key @param {string} text */
  const spread = (key, text) => write(prefix + key, text) && spare.add(key);

  /** @param {string} key @param {string} text */
  const keep = (key, text) => {
    unconfirmed.delete(key);
    memory.delete(key);
    if (!spread(key, text)) memory.set(key, text);
  };

  /** Removes it from wherever it is besides the database. @param {string} key */
  const drop = (key) => {
    unconfirmed.delete(key);
    memory.delete(key);
    if (spare.delete(key)) erase(prefix + key);
  };

  /** @param {string} key @returns {string | undefined} */
  const find = (key) =>
    recent.get(key) || memory.get(key) || (spare.has(key) ? read(prefix + key) : undefined);

  /** From now on it is not at hand. @param {string} key */
  const letGo = (key) => {
    atHand -= (recent.get(key) || "").length;
    recent.delete(key);
  };

  /** The names of what is in `localStorage` or in memory. */
  const shared = () => {
    if (!held) {
      spare.clear();
      attempt(() => {
        for (let index = 0; index < area.length; index += 1) {
          const key = apply(areaKey, area, [index]);
          if (key.startsWith(prefix)) spare.add(key.slice(prefix.length));
        }
      });
    }
    return [...memory.keys(), ...spare].map((key) => {
      if (NAME.test(key)) return key;
      const text = find(key) || "";
      const renamed = rename(key, text);
      keep(renamed, text);
      drop(key);
      return renamed;
    });
  };

  const close = () => {
    disconnect(database);
    database = opening = undefined;
    attempts += 1;
  };

  /** The database is gone. */
  const lose = () => {
    close();
    losses += 1;
    without = losses >= MOST_FAILURES;
  };

  /** Puts what is elsewhere into the database, and removes what was sent before it was open. */
  const takeOver = async () => {
    for (const key of attempt(() => [...(load("gone") || [])]) || []) gone.add(key);
    const going = [...gone];
    const keys = shared().filter((key) => !gone.has(key));
    const work = keys.length + going.length > 0 && begin(database, TEXTS);
    if (!work) return;
    for (const key of going) on(work, storeDelete, key);
    const taken = keys.filter((key) => on(work, storePut, find(key), key));
    if (await finish(work)) {
      for (const key of going) gone.delete(key);
      [...taken, ...going].forEach(drop);
      if (going.length > 0) erase(`${name}.gone`);
    } else refusals += taken.length;
  };

  /** @param {number} which */
  const openNow = async (which) => {
    const opened = await connect(name);
    if (which !== attempts) {
      // It took so long that nobody wants it any more.
      disconnect(opened);
      return;
    }
    opening = undefined;
    database = opened;
    without = !opened;
    if (opened) {
      const left = () => database === opened && close();
      listen(opened, "close", left);
      listen(opened, "versionchange", left);
      await takeOver();
      if (ended) close();
    }
  };

  /** Has the database opened, if that is still to be done. */
  const settle = () => {
    if (!opening && !database && !held && !without) {
      attempts += 1;
      opening = openNow(attempts);
    }
    return opening;
  };

  /**
   * Puts a text, if there is one, and removes others. It is in the browser's hands when this returns.
   *
   * @param {string} key
   * @param {string} text
   * @param {string[]} going
   */
  const put = (key, text, going) => {
    for (const old of going) {
      letGo(old);
      drop(old);
      meanwhile?.set(old, false);
      gone.add(old);
    }
    if (key) {
      meanwhile?.set(key, true);
      recent.set(key, text);
      atHand += text.length;
      for (const old of recent.keys()) if (atHand > AT_HAND) letGo(old);
    }
    settle();
    const work = begin(database, TEXTS);
    if (database && !work) lose();
    const elsewhere = !work || isFull();
    if (key) {
      if (elsewhere) keep(key, text);
      else unconfirmed.set(key, text);
    }
    if (!work) {
      if (!settle()) gone.clear();
      return;
    }
    for (const old of going) on(work, storeDelete, old);
    const refused = key && !elsewhere && !on(work, storePut, text, key);
    (async () => {
      if ((await finish(work)) && !refused) {
        losses = refusals = 0;
        for (const old of going) gone.delete(old);
        if (!elsewhere) drop(key);
      } else {
        refusals += 1;
        // Unless it has been removed meanwhile.
        if (unconfirmed.has(key)) keep(key, text);
      }
      if (ended) close();
    })();
  };

  /**
   * What `ask` asks the database for. Nothing if the database is gone.
   *
   * @param {(work: import("./borrowed.js").Work) => any[]} ask
   * @returns {Promise<any[] | undefined>}
   */
  const query = async (ask) => {
    const work = begin(database, TEXTS, "readonly");
    const requests = work && ask(work);
    if (work && requests && (await within(finish(work)))) {
      return requests.map((request) => attempt(() => request.result));
    }
    lose();
    return undefined;
  };

  /** What is kept as JSON under a name of the project. @param {string} key @returns {any} */
  const load = (key) => attempt(() => apply(parseJson, json, [read(`${name}.${key}`)]));
  /** @param {string} key @param {unknown} value */
  const save = (key, value) => write(`${name}.${key}`, apply(writeJson, json, [value]));

  /** What was lost, other tabs' included. */
  const sum = () => {
    /** @type {any} */
    const all = { count: 0, reasons: {}, kinds: {}, since: wall(), until: 0 };
    for (const part of [load("lost"), lost]) {
      if (!part) continue;
      attempt(() => {
        for (const which of ["reasons", "kinds"]) add(all[which], part[which]);
        all.count += +part.count;
        all.since = Math.min(all.since, part.since);
        all.until = Math.max(all.until, part.until);
      });
    }
    return all;
  };

  const saveLost = () => {
    if (lost && attempt(() => save("lost", sum()))) lost = undefined;
    savedAt = wall();
  };

  /** @type {unknown[]} */
  let dead = [];

  const graveyard = () => {
    const kept = load("dead");
    return Array.isArray(kept) ? kept : dead;
  };

  return {
    put,

    /** The database, once it is open; nothing where there is none, or it takes too long. */
    async ready() {
      await within(settle());
      return database;
    },

    /** All names; nothing if they cannot be told now. @returns {Promise<string[] | undefined>} */
    async names() {
      await within(settle());
      const changes = (meanwhile = new Map());
      const kept = database ? await query((work) => [on(work, storeKeys)]) : [[]];
      meanwhile = undefined;
      if (!kept) return undefined;
      const all = new Set([...shared(), ...kept[0]]);
      for (const [key, there] of changes) all[there ? "add" : "delete"](key);
      // What another tab has sent.
      for (const key of recent.keys()) if (!all.has(key)) letGo(key);
      return [...all];
    },

    /** The texts of those names; nothing if they cannot be told now. @param {string[]} keys @returns {Promise<(string | undefined)[] | undefined>} */
    async read(keys) {
      const found = keys.map(find);
      if (!database || found.every(Boolean)) return found;
      const kept = await query((work) => keys.map((key) => on(work, storeGet, key)));
      return kept && found.map((text, index) => text || kept[index]);
    },

    /** The text of a name, if it is at hand. @param {string} key */
    recall: (key) => recent.get(key),

    /** Where texts are put. */
    place: () =>
      !held && !without && !isFull()
        ? "indexeddb"
        : memory.size > 0 || held || !area
          ? "memory"
          : "localstorage",

    /** All stays in memory from now on. */
    hold() {
      close();
      held = true;
    },

    /** What is in memory may go to disk. */
    release() {
      held = false;
      for (const [key, text] of memory) keep(key, text);
      settle();
    },

    /** Removes all there is, and keeps what comes in memory. */
    destroy() {
      close();
      held = false;
      shared().forEach(drop);
      for (const key of ["lost", "dead", "gone"]) erase(`${name}.${key}`);
      for (const all of [memory, recent, unconfirmed, gone]) all.clear();
      atHand = 0;
      lost = undefined;
      dead = [];
      held = true;
      attempt(() => apply(deleteDatabase, databases, [name]));
    },

    /**
     * The page may be gone in a moment, and with it what the database was given: browsers hand that on
     * to the process which writes it when they find the time. `localStorage` takes it at once.
     */
    secure() {
      for (const [key, text] of unconfirmed) spread(key, text);
      if (gone.size > 0) save("gone", [...gone]);
      saveLost();
    },

    /**
     * Lets go of the database until it is next needed. A page that holds one open may be thrown away
     * where it could be kept to come back to. @param {boolean} last whether it is to be opened only to do what is still to be done
     */
    close(last) {
      ended = last;
      close();
    },

    /**
     * Counts an event that was lost. A loop in the page loses ten thousand a second, so that it is not
     * written each time.
     *
     * @param {string} reason
     * @param {string} kind
     */
    lose(reason, kind) {
      const time = wall();
      lost = lost || { count: 0, reasons: {}, kinds: {}, since: time };
      lost.count += 1;
      lost.until = time;
      add(lost.reasons, { [reason]: 1 });
      add(lost.kinds, { [kind]: 1 });
      if (Math.abs(time - savedAt) >= 1000) saveLost();
    },

    /** What was lost, from now on told; nothing if nothing was. */
    confess() {
      const all = sum();
      if (!all.count) return undefined;
      lost = undefined;
      erase(`${name}.lost`);
      return all;
    },

    /** Keeps an event that the collector refused for good, to be looked at. @param {string} text @param {string} error */
    bury(text, error) {
      const { messageId, event, type } = attempt(() => apply(parseJson, json, [text])) || {};
      const letter = { messageId, event: event || type, error: error.slice(0, LONGEST_ERROR) };
      dead = [...graveyard(), letter].slice(-MOST_DEAD);
      attempt(() => save("dead", dead));
    },

    /** What was lost and not told yet, and what is buried. */
    report: () => ({ dropped: sum().count, dead: graveyard() }),
  };
}
