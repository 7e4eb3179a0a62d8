/**
 * The widget's hold on the browser for what waits to be sent: a store that outlives the page, turns
 * for the tabs to send, and packing.
 *
 * In JavaScript, since nearly all of it is asking the browser for something and waiting: as wasm the
 * same is ten times as large. What is decided about messages is decided in Rust.
 *
 * Nothing here throws or rejects, whatever the browser does or the page has made of it. What the
 * browser offers is taken as the store is opened, before the page may patch it (again), and promises
 * are the browser's own, as async functions make them.
 *
 * The build puts this into wasm-bindgen's glue.
 */

/** All times are milliseconds. */
const SECOND = 1000;
/** For so long the browser is waited for. */
const PATIENCE = 3 * SECOND;
/** So often in a row the database may be gone, or refuse a text, before we do without it. */
const MOST_FAILURES = 3;
/** So long a lease to send lasts: longer than a turn and the last answer in it. */
const LEASE = 60 * SECOND;
/** After so long another tab's lease would be seen in `localStorage`. */
const SETTLE = 100;
/**
 * The database's schema. Raising it needs a step in `upgrade`.
 */
const VERSION = 1;
const TEXTS = "texts";
const LEASES = "leases";

/**
 * What `work` returns, or nothing where it throws.
 *
 * @template T
 * @param {() => T} work
 */
const attempt = (work) => {
  try {
    return work();
  } catch (_) {
    // Every caller has a way to go on without.
  }
};

const { apply, construct } = Reflect;
const window = globalThis;

/**
 * A property of something that may be missing or may throw. Where Angular's zone.js has put its own
 * in front of a function, the browser's: otherwise each of our timers and listeners would have the
 * page's application look itself over for changes.
 *
 * @param {any} object
 * @param {string} name
 */
const take = (object, name) => attempt(() => object["__zone_symbol__" + name] || object[name]);

/** @param {string} type @param {string} name */
const method = (type, name) => take(take(take(window, type), "prototype"), name);

let [databases, openDatabase, deleteDatabase, closeDatabase] = /** @type {any[]} */ ([]);
let [transact, storeOf, commit, storePut, storeDelete, storeGet, storeKeys] =
  /** @type {any[]} */ ([]);
let [area, areaGet, areaSet, areaRemove, areaKey] = /** @type {any[]} */ ([]);
let [locks, requestLock, addListener, setTimer, clearTimer, now] = /** @type {any[]} */ ([]);
let [Gzip, Parts, Answer] = /** @type {any[]} */ ([]);

/** Takes what the browser offers, as it is now. */
const borrow = () => {
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
  addListener = method("EventTarget", "addEventListener");
  setTimer = take(window, "setTimeout");
  clearTimer = take(window, "clearTimeout");
  now = take(Date, "now");
  Gzip = take(window, "CompressionStream");
  Parts = take(window, "Blob");
  Answer = take(window, "Response");
};

/** @type {PromiseConstructor} */
const Promise = /** @type {any} */ ((async () => {})().constructor);

/** @param {EventTarget} target @param {string} name @param {(event: Event) => void} then */
const listen = (target, name, then) => apply(addListener, target, [name, then]);

/** Wall milliseconds. @returns {number} */
const wall = () => attempt(() => apply(now, Date, [])) || 0;

/**
 * What the promise brings, or nothing if it is broken or takes too long.
 *
 * @template T
 * @param {Promise<T> | undefined} promise
 * @param {number} [patience]
 * @returns {Promise<T | undefined>}
 */
const within = (promise, patience = PATIENCE) =>
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
 * Whether of two events the good one comes first.
 *
 * @param {EventTarget} target
 * @param {string} good
 * @param {string} bad
 * @returns {Promise<true | undefined>}
 */
const outcome = (target, good, bad) =>
  new Promise((resolve) => {
    listen(target, good, () => resolve(true));
    listen(target, bad, () => resolve(undefined));
  });

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
  return attempt(async () => {
    listen(request, "upgradeneeded", (event) =>
      upgrade(request.result, /** @type {IDBVersionChangeEvent} */ (event).oldVersion),
    );
    return (await outcome(request, "success", "error")) && request.result;
  });
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
 * @param {IDBTransactionMode} mode
 * @returns {Work | undefined}
 */
const begin = (database, name, mode) =>
  attempt(() => {
    const options = { durability: "relaxed" };
    const transaction = apply(transact, database, [name, mode, options]);
    return { transaction, store: apply(storeOf, transaction, [name]) };
  });

/**
 * That was all of the work. Says whether it is done. It is in the browser's hands at once, whatever
 * becomes of the page.
 *
 * @param {Work} work
 */
const finish = ({ transaction }) => {
  const done = outcome(transaction, "complete", "abort");
  attempt(() => apply(commit, transaction, []));
  return done;
};

/** @param {Function} ask @param {Work} work @param {unknown[]} args @returns {any} */
const on = (ask, work, ...args) => attempt(() => apply(ask, work.store, args));

/**
 * The store of a project: texts by name, which all tabs of the site share. They are in a database.
 * Until it is open, and where there is none, they are in `localStorage`, from which the database takes
 * them over; and in memory where not even that is possible, or wanted.
 *
 * @param {string} project
 * @param {boolean} held whether texts are to stay in memory until they are let go
 */
export function openStore(project, held) {
  borrow();
  const name = `headstart.${project}`;
  const prefix = `${name}.queue.`;
  /** What is nowhere else. @type {Map<string, string>} */
  const memory = new Map();
  /** @type {IDBDatabase | undefined} */
  let database;
  /** @type {Promise<void> | undefined} */
  let opening;
  let without = false;
  let ended = false;
  let attempts = 0;
  let losses = 0;
  let refusals = 0;
  /** What is to be removed from the database once it is open. @type {Set<string>} */
  const gone = new Set();

  const isFull = () => refusals >= MOST_FAILURES;

  /** @param {string} key @param {string} text */
  const keep = (key, text) => {
    memory.delete(key);
    const kept = !held && attempt(() => (apply(areaSet, area, [prefix + key, text]), true));
    if (!kept) memory.set(key, text);
  };

  /** @param {string} key */
  const drop = (key) => {
    memory.delete(key);
    if (!held) attempt(() => apply(areaRemove, area, [prefix + key]));
  };

  /** @param {string} key @returns {string | undefined} */
  const find = (key) =>
    memory.get(key) || (held ? undefined : attempt(() => apply(areaGet, area, [prefix + key])));

  /** The names of what is in `localStorage` or in memory. */
  const shared = () => {
    const keys = [...memory.keys()];
    if (!held) {
      attempt(() => {
        for (let index = 0; index < area.length; index += 1) {
          const key = apply(areaKey, area, [index]);
          if (key.startsWith(prefix)) keys.push(key.slice(prefix.length));
        }
      });
    }
    return keys;
  };

  const close = () => {
    attempt(() => apply(closeDatabase, database, []));
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
    const keys = shared();
    const work = keys.length + gone.size > 0 && begin(database, TEXTS, "readwrite");
    if (!work) return;
    for (const key of gone) on(storeDelete, work, key);
    gone.clear();
    const taken = keys.filter((key) => on(storePut, work, find(key), key));
    if (await finish(work)) taken.forEach(drop);
  };

  /** Has the database opened, if that is still to be done. */
  const settle = () => {
    if (!opening && !database && !held && !without) {
      attempts += 1;
      opening = openNow(attempts);
    }
    return opening;
  };

  /** @param {number} which */
  const openNow = async (which) => {
    const opened = await connect(name);
    if (which !== attempts) {
      // It took so long that nobody wants it any more.
      attempt(() => apply(closeDatabase, opened, []));
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

  /** @param {string | undefined} key @param {string} text @param {string[]} going */
  const write = (key, text, going) => {
    going.forEach(drop);
    settle();
    const work = begin(database, TEXTS, "readwrite");
    if (database && !work) lose();
    const elsewhere = !work || isFull();
    if (key && elsewhere) keep(key, text);
    if (!work) {
      if (settle()) for (const old of going) gone.add(old);
      return;
    }
    for (const old of going) on(storeDelete, work, old);
    const refused = key && !elsewhere && !on(storePut, work, text, key);
    (async () => {
      if ((await finish(work)) && !refused) {
        losses = refusals = 0;
      } else {
        refusals += 1;
        if (key) keep(key, text);
      }
      if (ended) close();
    })();
  };

  return {
    /** Puts a text under a name. It is in the browser's hands when this returns. @param {string} key @param {string} text @param {string[]} going names to be removed */
    put: (key, text, going) => write(key, text, going),

    /** Removes texts. @param {string[]} going their names */
    remove: (going) => write(undefined, "", going),

    /** All names; nothing if they cannot be told now. @returns {Promise<string[] | undefined>} */
    async names() {
      await within(settle());
      /** @type {string[]} */
      let kept = [];
      if (database) {
        const work = begin(database, TEXTS, "readonly");
        const request = work && on(storeKeys, work);
        if (!work || !(await within(finish(work)))) {
          lose();
          return undefined;
        }
        kept = request.result;
      }
      return shared().concat(kept);
    },

    /** The texts of those names; nothing if they cannot be told now. @param {string[]} keys @returns {Promise<(string | undefined)[] | undefined>} */
    async read(keys) {
      if (!database) return keys.map(find);
      const work = begin(database, TEXTS, "readonly");
      const requests = work && keys.map((key) => on(storeGet, work, key));
      if (!work || !requests || !(await within(finish(work)))) {
        lose();
        return undefined;
      }
      return requests.map((request, index) => request.result || find(keys[index] || ""));
    },

    /** Where texts are put. */
    place: () =>
      !held && !without && !isFull()
        ? "indexeddb"
        : memory.size > 0 || held || !area
          ? "memory"
          : "localstorage",

    /** Texts stay in memory from now on. */
    hold() {
      close();
      held = true;
    },

    /** Texts in memory may go to disk. */
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
      gone.clear();
      held = true;
      attempt(() => apply(deleteDatabase, databases, [name]));
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
     * Asks for this tab's turn to send; nothing while another tab has it. From one that `hangs` it is
     * taken away.
     *
     * @param {boolean} hangs
     * @returns {Promise<Turn | undefined>}
     */
    async turn(hangs) {
      const answer = await askForLock(`${name}.send`, hangs);
      if (answer !== undefined) return answer || undefined;
      await within(settle());
      return database ? askForLease(database) : askInArea(`${name}.lease`);
    },
  };
}

/** @typedef {{ lasts: () => boolean, end: () => void }} Turn */

/**
 * A turn by the browser's locks: `null` while another tab has it, nothing where there are no locks.
 * Source: Web Locks API.
 *
 * @param {string} name
 * @param {boolean} hangs
 * @returns {Promise<Turn | null | undefined>}
 */
const askForLock = async (name, hangs) => {
  let lasting = true;
  /** @type {() => void} */
  let end = () => {};
  const held = new Promise((resolve) => (end = () => resolve(undefined)));
  /** @type {(answer: Turn | null | undefined) => void} */
  let tell = () => {};
  const told = new Promise((/** @type {typeof tell} */ resolve) => (tell = resolve));
  const give = (/** @type {unknown} */ lock) => {
    tell(lock ? { lasts: () => lasting, end } : null);
    return lock && held;
  };
  const options = hangs ? { steal: true } : { ifAvailable: true };
  (async () => {
    try {
      await apply(requestLock, locks, [name, options, give]);
    } catch (_) {
      // No locks, or it was taken away.
    }
    lasting = false;
    tell(undefined);
  })();
  const answer = await within(told);
  if (!answer) end();
  return answer;
};

/** @param {number} until @param {number} time */
const isValid = (until, time) => until > time && until <= time + LEASE;

/**
 * A turn by a lease in the database, which ends by itself should its holder die.
 *
 * @param {IDBDatabase} database
 * @returns {Promise<Turn | undefined>}
 */
const askForLease = async (database) => {
  const work = begin(database, LEASES, "readwrite");
  const request = work && on(storeGet, work, LEASES);
  if (!work || !request || !(await within(outcome(request, "success", "error")))) return undefined;
  const time = wall();
  if (isValid(request.result, time)) return undefined;
  on(storePut, work, time + LEASE, LEASES);
  if (!(await within(finish(work)))) return undefined;
  return {
    lasts: () => wall() < time + LEASE,
    end() {
      const work = begin(database, LEASES, "readwrite");
      if (work) {
        on(storeDelete, work, LEASES);
        finish(work);
      }
    },
  };
};

/**
 * A turn by a lease in `localStorage`. Two who ask in the same moment may both get one; the collector
 * counts what both send once.
 *
 * @param {string} key
 * @returns {Promise<Turn | undefined>}
 */
const askInArea = async (key) => {
  const read = () => attempt(() => apply(areaGet, area, [key])) || "";
  const time = wall();
  if (isValid(+read().split(" ")[0], time)) return undefined;
  const mine = `${time + LEASE} ${Math.random()}`;
  const kept = attempt(() => (apply(areaSet, area, [key, mine]), true));
  await within(new Promise(() => {}), SETTLE);
  if (kept && read() !== mine) return undefined;
  return {
    lasts: () => wall() < time + LEASE,
    end: () => attempt(() => apply(areaRemove, area, [key])),
  };
};

/**
 * The text in gzip, as a blob that goes as text/plain, for which browsers ask no leave; nothing where
 * that gains nothing, or fails.
 *
 * @param {string} text
 * @returns {Promise<Blob | undefined>}
 */
export async function pack(text) {
  const packed = attempt(() => {
    const stream = construct(Gzip, ["gzip"]);
    const body = construct(Parts, [[text]])
      .stream()
      .pipeThrough(stream);
    const headers = { "content-type": "text/plain" };
    return construct(Answer, [body, { headers }]).blob();
  });
  const blob = await within(packed);
  return blob && blob.size > 0 && blob.size < text.length ? blob : undefined;
}
