/** An amount in the currency's hundredths. @typedef {number} Cents */

/** Currencies that have hundredths. */
export const CURRENCIES = ["EUR", "USD", "GBP", "CHF"];

/**
 * @param {Cents} cents
 * @param {string} currency
 */
export function formatMoney(cents, currency) {
  return new Intl.NumberFormat("en-GB", { style: "currency", currency }).format(cents / 100);
}

/**
 * Short, for labels of a chart: no hundredths.
 *
 * @param {Cents} cents
 * @param {string} currency
 */
export function formatRound(cents, currency) {
  return new Intl.NumberFormat("en-GB", {
    style: "currency",
    currency,
    maximumFractionDigits: 0,
  }).format(cents / 100);
}

/**
 * What a person typed as an amount: `1250`, `1,250.50`, `1 250,50`.
 *
 * @param {string} text
 * @returns {Cents | null} null if it is no amount
 */
export function parseMoney(text) {
  const compact = text.replace(/[\s'’]/g, "");
  const commaIsDecimal = /,\d{1,2}$/.test(compact) && !compact.includes(".");
  const plain = commaIsDecimal
    ? compact.replace(/,(?=\d{1,2}$)/, ".").replaceAll(",", "")
    : compact.replaceAll(",", "");
  if (!/^\d+(\.\d{1,2})?$/.test(plain)) return null;
  return Math.round(Number(plain) * 100);
}

/**
 * @param {string} text
 * @returns {number | null} null if it is no positive number
 */
export function parseQuantity(text) {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() !== "" && Number.isFinite(value) && value > 0 ? value : null;
}
