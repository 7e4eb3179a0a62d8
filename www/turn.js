/**
 * Turns: one tab of a browser sends at a time.
 *
 * By the browser's locks (Web Locks API); where there are none, as on pages that are not in a secure
 * context, by a lease in the database that the tabs share, which ends by itself should its holder die.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import {
  apply,
  area,
  areaGet,
  areaRemove,
  areaSet,
  attempt,
  begin,
  finish,
  locks,
  on,
  outcome,
  promise,
  requestLock,
  storeDelete,
  storeGet,
  storePut,
  wall,
  within,
} from "./borrowed.js";

/** So long a lease lasts, milliseconds: longer than a turn and the last answer in it. */
const LEASE = 60000;
/** After so long another tab's lease would be seen in `localStorage`, milliseconds. */
const SETTLE = 100;
const LEASES = "leases";

/** @typedef {{ lasts: () => boolean, end: () => void }} Turn */

/**
 * Asks for this tab's turn to send; nothing while another tab has it. From one that `hangs` it is
 * taken away.
 *
 * @param {string} project
 * @param {{ ready: () => Promise<IDBDatabase | undefined> }} store
 * @param {boolean} hangs
 * @returns {Promise<Turn | undefined>}
 */
export async function askForTurn(project, store, hangs) {
  const answer = await askForLock(`headstart.${project}.send`, hangs);
  if (answer !== undefined) return answer || undefined;
  const database = await store.ready();
  return database ? askForLease(database) : askInArea(`headstart.${project}.lease`);
}

/**
 * `null` while another tab has it, nothing where there are no locks.
 *
 * @param {string} name
 * @param {boolean} hangs
 * @returns {Promise<Turn | null | undefined>}
 */
const askForLock = async (name, hangs) => {
  let lasting = true;
  const [held, end] = promise();
  const [told, tell] =
    /** @type {[Promise<Turn | null | undefined>, (answer?: Turn | null) => void]} */ (promise());
  const give = (/** @type {unknown} */ lock) => {
    tell(lock ? { lasts: () => lasting, end: () => end(0) } : null);
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
    tell();
  })();
  const answer = await within(told);
  if (!answer) end(0);
  return answer;
};

/** @param {number} until @param {number} time */
const isValid = (until, time) => until > time && until <= time + LEASE;

/** @param {IDBDatabase} database @returns {Promise<Turn | undefined>} */
const askForLease = async (database) => {
  const work = begin(database, LEASES);
  const request = work && on(work, storeGet, LEASES);
  if (!work || !request || !(await within(outcome(request, "success", "error")))) return undefined;
  const time = wall();
  if (isValid(request.result, time)) return undefined;
  on(work, storePut, time + LEASE, LEASES);
  if (!(await within(finish(work)))) return undefined;
  return {
    lasts: () => wall() < time + LEASE,
    end() {
      const last = begin(database, LEASES);
      if (last) {
        on(last, storeDelete, LEASES);
        finish(last);
      }
    },
  };
};

/**
 * Two who ask in the same moment may both get one; the collector counts what both send once.
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
  await within(promise()[0], SETTLE);
  if (kept && read() !== mine) return undefined;
  return {
    lasts: () => wall() < time + LEASE,
    end: () => attempt(() => apply(areaRemove, area, [key])),
  };
};
