import { daysBetween, formatShortDay, today } from "./calendar.js";

/**
 * @typedef {import("./calendar.js").Day} Day
 * @typedef {import("./money.js").Cents} Cents
 *
 * @typedef {{ text: string, quantity: number, price: Cents }} Line
 * @typedef {{ customerId: string, lines: Line[], taxPercent: number, note: string }} Contents
 * @typedef {Contents & { id: string, number: string, issued: Day, due: Day,
 *   state: "draft" | "sent" | "paid", paidOn?: Day }} Invoice
 * @typedef {"draft" | "due" | "overdue" | "paid"} Status
 */

/** @type {Record<Status, string>} */
export const STATUS_LABELS = { draft: "Draft", due: "Unpaid", overdue: "Overdue", paid: "Paid" };

/** @param {Line} line */
export function lineTotal(line) {
  return Math.round(line.quantity * line.price);
}

/**
 * @param {Pick<Contents, "lines" | "taxPercent">} contents
 * @returns {{ net: Cents, tax: Cents, gross: Cents }}
 */
export function totals({ lines, taxPercent }) {
  const net = lines.reduce((sum, line) => sum + lineTotal(line), 0);
  const tax = Math.round((net * taxPercent) / 100);
  return { net, tax, gross: net + tax };
}

/**
 * @param {Invoice} invoice
 * @returns {Status}
 */
export function statusOf(invoice) {
  if (invoice.state !== "sent") return invoice.state;
  return invoice.due < today() ? "overdue" : "due";
}

/**
 * When it is due, or was paid, as a person would say it.
 *
 * @param {Invoice} invoice
 */
export function dueText(invoice) {
  if (invoice.state === "draft") return "Not sent yet";
  if (invoice.state === "paid") return `Paid ${formatShortDay(invoice.paidOn ?? invoice.due)}`;
  const days = daysBetween(today(), invoice.due);
  if (days === 0) return "Due today";
  if (days === 1) return "Due tomorrow";
  if (days === -1) return "1 day late";
  return days > 0 ? `Due in ${days} days` : `${-days} days late`;
}

/**
 * Open amounts by age: not yet due, up to 30 days late, later than that.
 *
 * @param {Invoice[]} invoices
 * @returns {{ notDue: Cents, late: Cents, veryLate: Cents, open: Cents }}
 */
export function ageing(invoices) {
  const sums = { notDue: 0, late: 0, veryLate: 0, open: 0 };
  for (const invoice of invoices) {
    if (invoice.state !== "sent") continue;
    const { gross } = totals(invoice);
    const late = daysBetween(invoice.due, today());
    sums.open += gross;
    if (late <= 0) sums.notDue += gross;
    else if (late <= 30) sums.late += gross;
    else sums.veryLate += gross;
  }
  return sums;
}

/**
 * @param {Invoice[]} invoices
 * @returns {Invoice[]} newest number first
 */
export function newestFirst(invoices) {
  return [...invoices].sort((a, b) => b.number.localeCompare(a.number, "en", { numeric: true }));
}
