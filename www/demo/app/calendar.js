/** A calendar day in local time, `YYYY-MM-DD`. @typedef {string} Day */

const DAY_FORMAT = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
});
const SHORT_DAY_FORMAT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const MONTH_FORMAT = new Intl.DateTimeFormat("en-GB", { month: "short" });
const LONG_MONTH_FORMAT = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric" });

/** @returns {Day} */
export function today() {
  return toDay(new Date());
}

/**
 * @param {Day} day
 * @param {number} count may be negative
 * @returns {Day}
 */
export function addDays(day, count) {
  const date = toDate(day);
  date.setDate(date.getDate() + count);
  return toDay(date);
}

/**
 * Whole days from one day to another; negative if `to` is earlier.
 *
 * @param {Day} from
 * @param {Day} to
 */
export function daysBetween(from, to) {
  // Rounding takes out the hour that daylight saving adds or removes.
  return Math.round((toDate(to).getTime() - toDate(from).getTime()) / 86_400_000);
}

/** @param {Day} day */
export function formatDay(day) {
  return DAY_FORMAT.format(toDate(day));
}

/**
 * Without the year if it is this one.
 *
 * @param {Day} day
 */
export function formatShortDay(day) {
  const thisYear = day.slice(0, 4) === today().slice(0, 4);
  return thisYear ? SHORT_DAY_FORMAT.format(toDate(day)) : formatDay(day);
}

/**
 * The last `count` months, the current one last.
 *
 * @param {number} count
 * @returns {{ key: string, short: string, long: string }[]} `key` is `YYYY-MM`
 */
export function lastMonths(count) {
  const now = new Date();
  return Array.from({ length: count }, (_, index) => {
    const month = new Date(now.getFullYear(), now.getMonth() - (count - 1 - index), 1);
    return {
      key: toDay(month).slice(0, 7),
      short: MONTH_FORMAT.format(month),
      long: LONG_MONTH_FORMAT.format(month),
    };
  });
}

/** @param {Day} day */
function toDate(day) {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(year, month - 1, date);
}

/** @param {Date} date */
function toDay(date) {
  const month = String(date.getMonth() + 1).padStart(2, "0");
  const day = String(date.getDate()).padStart(2, "0");
  return `${date.getFullYear()}-${month}-${day}`;
}
