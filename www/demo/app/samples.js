import { addDays, today } from "./calendar.js";

/**
 * The sample book a new trial starts with. Days are counted from today, so that it never looks old.
 *
 * @returns {{ customers: import("./store.js").Customer[],
 *   invoices: import("./invoice.js").Invoice[], nextNumber: number }}
 */
export function sampleBook() {
  const customers = [
    customer("alder", "Alder Lane Bakery", "hello@alderlane.example", "Ghent"),
    customer("brightwater", "Brightwater Dental", "billing@brightwater.example", "Utrecht"),
    customer("fieldstone", "Fieldstone Architects", "office@fieldstone.example", "Cork"),
    customer("harbour", "Harbour & Pine Studio", "studio@harbourpine.example", "Tallinn"),
    customer("kestrel", "Kestrel Freight", "billing@kestrel.example", "Rotterdam"),
    customer("meridian", "Meridian Cycles", "finance@meridian.example", "Lyon"),
  ];
  const invoices = [
    paid(1031, "kestrel", -163, 11, [["Route planner, first release", 1, 420_000]]),
    paid(1032, "fieldstone", -141, 19, [["Portfolio site, design", 32, 9_500]]),
    paid(1033, "brightwater", -118, 12, [["Booking page, quarterly care", 1, 96_000]]),
    paid(1034, "harbour", -104, 16, [["Brand guidelines, print edition", 1, 285_000]]),
    paid(1035, "meridian", -80, 12, [["Dealer portal, integration", 46, 9_500]]),
    paid(1036, "kestrel", -66, 11, [["Route planner, second release", 1, 310_000]]),
    sent(1037, "alder", -62, [["Shop photography, one day", 1, 78_000]]),
    paid(1038, "harbour", -52, 14, [["Shop window lettering", 1, 134_000]]),
    paid(1039, "kestrel", -45, 13, [["Route planner, support hours", 34, 9_500]]),
    sent(1040, "fieldstone", -31, [["Portfolio site, build", 22, 9_500]]),
    paid(1041, "brightwater", -24, 8, [
      ["Booking page, quarterly care", 1, 96_000],
      ["Reminder texts, set-up", 1, 24_000],
    ]),
    sent(1042, "meridian", -9, [
      ["Dealer portal, user testing", 3, 64_000],
      ["Travel to Lyon", 1, 31_250],
    ]),
  ];
  return { customers, invoices, nextNumber: 1043 };
}

/**
 * @param {string} id
 * @param {string} name
 * @param {string} email
 * @param {string} city
 */
function customer(id, name, email, city) {
  return { id, name, email, city };
}

/**
 * @param {number} number
 * @param {string} customerId
 * @param {number} issuedIn days from today
 * @param {[string, number, number][]} lines
 * @returns {import("./invoice.js").Invoice}
 */
function sent(number, customerId, issuedIn, lines) {
  const issued = addDays(today(), issuedIn);
  return {
    id: `sample-${number}`,
    number: `INV-${number}`,
    customerId,
    issued,
    due: addDays(issued, 14),
    lines: lines.map(([text, quantity, price]) => ({ text, quantity, price })),
    taxPercent: 20,
    note: "",
    state: "sent",
  };
}

/**
 * @param {number} number
 * @param {string} customerId
 * @param {number} issuedIn days from today
 * @param {number} paidAfter days
 * @param {[string, number, number][]} lines
 * @returns {import("./invoice.js").Invoice}
 */
function paid(number, customerId, issuedIn, paidAfter, lines) {
  const invoice = sent(number, customerId, issuedIn, lines);
  return { ...invoice, state: "paid", paidOn: addDays(invoice.issued, paidAfter) };
}
