import { addDays, today } from "./calendar.js";
import { newestFirst } from "./invoice.js";
import { sampleBook } from "./samples.js";

/**
 * @typedef {import("./invoice.js").Invoice} Invoice
 * @typedef {{ id: string, name: string, email: string, city: string }} Customer
 * @typedef {import("./invoice.js").Contents & { id: string, name: string }} Template
 * @typedef {{ companyName: string, email: string, address: string, currency: string,
 *   taxPercent: number, termDays: number }} Settings
 * @typedef {{ serial: number, signedIn: boolean, trialEnds: string, settings: Settings,
 *   customers: Customer[], invoices: Invoice[], templates: Template[], nextNumber: number }} Book
 */

const KEY = "counterfoil.book.1";

/** @type {Book} */
let book = load() ?? newBook(1);

/** What the page shows and the browser keeps. Change it with `update` only. */
export function current() {
  return book;
}

/** @param {(draft: Book) => void} change */
export function update(change) {
  const draft = structuredClone(book);
  change(draft);
  book = draft;
  save();
}

/** A new trial account with the sample book, as on the first visit. */
export function startTrial() {
  book = newBook(book.serial + 1);
  save();
}

/** Removes all records, keeps account and settings. */
export function emptyBook() {
  update((draft) => Object.assign(draft, { customers: [], invoices: [], templates: [] }));
}

/** @param {() => void} changed called after another tab has changed the book */
export function onOtherTab(changed) {
  addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    book = load() ?? book;
    changed();
  });
}

/** The signed-in account, as other systems know it. */
export function account() {
  return { userId: `user-${book.serial}`, accountId: `account-${book.serial}`, plan: "trial" };
}

/** @param {string} id */
export function customerName(id) {
  return book.customers.find((customer) => customer.id === id)?.name ?? "Removed customer";
}

/**
 * @param {Omit<Invoice, "id" | "number">} invoice
 * @returns {Invoice} with its id and number
 */
export function addInvoice(invoice) {
  const created = { ...invoice, id: newId(), number: `INV-${book.nextNumber}` };
  update((draft) => {
    draft.invoices.push(created);
    draft.nextNumber += 1;
  });
  return created;
}

/** @param {string} id */
export function markPaid(id) {
  update((draft) => {
    const invoice = draft.invoices.find((candidate) => candidate.id === id);
    if (invoice) Object.assign(invoice, { state: "paid", paidOn: today() });
  });
}

/**
 * @param {Omit<Customer, "id">} customer
 * @returns {Customer}
 */
export function addCustomer(customer) {
  const created = { ...customer, id: newId() };
  update((draft) => {
    draft.customers.push(created);
    draft.customers.sort((a, b) => a.name.localeCompare(b.name));
  });
  return created;
}

/**
 * @param {string} name
 * @param {import("./invoice.js").Contents} from
 */
export function addTemplate(name, { customerId, lines, taxPercent, note }) {
  const template = { id: newId(), name, customerId, lines, taxPercent, note };
  update((draft) => draft.templates.push(template));
}

/** @param {string} id */
export function removeTemplate(id) {
  update((draft) => {
    draft.templates = draft.templates.filter((template) => template.id !== id);
  });
}

/** Newest number first. */
export function invoices() {
  return newestFirst(book.invoices);
}

/**
 * @param {number} serial
 * @returns {Book}
 */
function newBook(serial) {
  return {
    serial,
    signedIn: true,
    trialEnds: addDays(today(), 14),
    settings: {
      companyName: "",
      email: "",
      address: "",
      currency: "EUR",
      taxPercent: 20,
      termDays: 14,
    },
    templates: [],
    ...sampleBook(),
  };
}

/** Unique within this book. `crypto.randomUUID` is missing on plain-HTTP pages of a local network. */
function newId() {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
}

/** @returns {Book | null} */
function load() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch {
    return null;
  }
}

function save() {
  try {
    localStorage.setItem(KEY, JSON.stringify(book));
  } catch {
    // Storage is full or forbidden: the book then lives as long as the page.
  }
}
