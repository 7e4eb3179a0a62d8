import { select } from "./field.js";
import { current } from "./store.js";

const TERM_DAYS = [7, 14, 30, 60];
const TAX_PERCENTS = [0, 5, 10, 19, 20, 21, 25];

/** @param {number} [chosen] percent; the account's own if absent */
export function taxSelect(chosen = current().settings.taxPercent) {
  return select(
    TAX_PERCENTS.map((percent) => [String(percent), percent === 0 ? "No VAT" : `${percent}%`]),
    String(chosen),
  );
}

/** @param {number} chosen days from the invoice's date to the day it is due */
export function termSelect(chosen) {
  return select(
    TERM_DAYS.map((days) => [String(days), `${days} days`]),
    String(chosen),
  );
}
