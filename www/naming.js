/**
 * Roles and names, as assistive technology knows elements by: the part of HTML-AAM (which elements
 * have which role) and of Accessible Name and Description Computation 1.2 that targets are told by.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { PRIVATE, all, ask, attribute, styleOf } from "./page.js";
import { attempt } from "./borrowed.js";

/** The elements that have a role by themselves. */
const NATIVE = /** @type {Record<string, string>} */ ({
  article: "article",
  button: "button,summary,input:is([type=button],[type=submit],[type=reset],[type=image])",
  cell: "td",
  checkbox: "input[type=checkbox]:not([switch])",
  columnheader: "th:not([scope=row])",
  combobox: "select:not([multiple],[size]),input[list]",
  complementary: "aside",
  dialog: "dialog",
  form: "form",
  group: "fieldset,details",
  heading: "h1,h2,h3,h4,h5,h6",
  img: "img:not([alt=''])",
  link: "a[href],area[href]",
  list: "ul,ol,menu",
  listbox: "select:is([multiple],[size])",
  listitem: "li",
  main: "main",
  meter: "meter",
  navigation: "nav",
  option: "option",
  progressbar: "progress",
  radio: "input[type=radio]",
  region: "section:is([aria-label],[aria-labelledby])",
  row: "tr",
  rowheader: "th[scope=row]",
  search: "search",
  searchbox: "input[type=search]:not([list])",
  slider: "input[type=range]",
  spinbutton: "input[type=number]",
  switch: "input[type=checkbox][switch]",
  table: "table",
  textbox:
    "textarea,input:is(:not([type]),[type=text],[type=email],[type=tel],[type=url]):not([list])",
});

/** Roles that are named by what is in them. */
const FROM_CONTENT =
  /^(button|cell|checkbox|columnheader|heading|link|menuitem(checkbox|radio)?|option|radio|row|rowheader|switch|tab|treeitem)$/;

/** @param {string | null | undefined} text */
export const squeeze = (text) => (text || "").replace(/\s+/g, " ").trim();

/** All elements of a role. @param {Node} root @param {string} role */
export const allOfRole = (root, role) => {
  const native = NATIVE[role];
  return all(root, native ? `[role],${native}` : "[role]").filter((element) => {
    const [given] = squeeze(attribute(element, "role")).toLowerCase().split(" ");
    return given ? given === role || (role === "img" && given === "image") : native;
  });
};

/**
 * The text of an element: what can be seen of it, or, `spoken`, what is read out. What is private is in
 * neither.
 *
 * @param {Node} node
 * @param {boolean} [spoken]
 * @param {Map<Node, string>} [known] what was found before: one text is looked for in much that is in each other
 * @returns {string}
 */
export const textOf = (node, spoken, known = new Map()) => {
  let text = known.get(node);
  if (text === undefined) known.set(node, (text = readText(node, spoken, known)));
  return text;
};

/** @param {Node} node @param {boolean | undefined} spoken @param {Map<Node, string>} known @returns {string} */
const readText = (node, spoken, known) => {
  if (node.nodeType === 3) return ask(node, "textContent");
  const element = /** @type {Element} */ (node);
  if (node.nodeType !== 1 || attribute(element, PRIVATE) !== null) return "";
  const { display, visibility } = styleOf(element);
  if (display === "none" || visibility === "hidden") return "";
  if (spoken) {
    if (attribute(element, "aria-hidden") === "true") return "";
    const label = attribute(element, "aria-label") || attribute(element, "alt");
    if (label) return label;
  }
  const inside = contentOf(element, spoken, known);
  return display && !display.startsWith("inline") && display !== "contents"
    ? ` ${inside} `
    : inside;
};

/** @param {Element} element @param {boolean} [spoken] @param {Map<Node, string>} [known] */
const contentOf = (element, spoken, known) => {
  const shadow = ask(element, "shadowRoot");
  const assigned = (ask(element, "localName") === "slot" && ask(element, "assignedNodes")) || [];
  const nodes = assigned.length ? assigned : ask(shadow || element, "childNodes");
  let text = "";
  for (const node of Array.from(nodes || [])) text += textOf(node, spoken, known);
  return text;
};

/**
 * The accessible name of an element of a role.
 *
 * @param {Element} element
 * @param {string} role
 * @returns {string}
 */
export const nameOf = (element, role) => {
  const given = (/** @type {string} */ name) => squeeze(attribute(element, name));
  const root = ask(element, "getRootNode");
  const referred = given("aria-labelledby").split(" ").filter(Boolean);
  const labels = referred.flatMap((id) => all(root, `[id="${CSS.escape(id)}"]`).slice(0, 1));
  const spoken = (/** @type {Iterable<Node>} */ nodes) =>
    squeeze(Array.from(nodes, (node) => textOf(node, true)).join(" "));
  const type = given("type").toLowerCase();
  const isInput = ask(element, "localName") === "input";
  return (
    spoken(labels) ||
    given("aria-label") ||
    spoken(attempt(() => /** @type {HTMLInputElement} */ (element).labels) || []) ||
    given("alt") ||
    (isInput && /^(button|submit|reset)$/.test(type)
      ? given("value") || DEFAULTS[type] || ""
      : "") ||
    spoken(headings(element)) ||
    (FROM_CONTENT.test(role) && squeeze(contentOf(element, true))) ||
    given("title") ||
    given("placeholder")
  );
};

/** What browsers write on buttons, in English. @type {Record<string, string>} */
const DEFAULTS = { submit: "Submit", reset: "Reset" };

/** The child that names its parent. @param {Element} element */
const headings = (element) => {
  const tag = HEADINGS[ask(element, "localName")];
  const children = Array.from(ask(element, "childNodes") || []);
  return tag ? children.filter((child) => ask(child, "localName") === tag).slice(0, 1) : [];
};

/** @type {Record<string, string>} */
const HEADINGS = { fieldset: "legend", table: "caption", figure: "figcaption", svg: "title" };
