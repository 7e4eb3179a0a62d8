/**
 * One state: a page with the loader and the widget as they are shipped, and a collector of whose answers
 * only this page knows.
 *
 * When all is as it should be, the root element has `data-ready`; where it is not, `data-failed` says why.
 */
import { STATES } from "../states.js";
import { answering } from "./answering.js";

const DAY = 86_400_000;
/** How long anything may take, milliseconds. */
const PATIENCE = 10_000;
/** How long pictures may take, milliseconds. */
const PICTURES = 3000;
/** Animations of this length or less are waited for. */
const SHORT = 1000;

const asked = new URL(location.href).searchParams;
const root = document.documentElement;
const state = STATES.find(({ name }) => name === asked.get("name"));
const language = asked.get("language") || "en";
const scheme = asked.get("scheme") || "auto";
const direction = asked.get("direction") || "";

/** @param {string} path @returns {Promise<any>} */
const json = async (path) => (await fetch(`/gallery/${path}`)).json();

/** Puts texts in the places that name them. @param {any} value @param {Record<string, string>} texts @returns {any} */
function fill(value, texts) {
  if (typeof value === "string") {
    return value.startsWith("@") ? (texts[value.slice(1)] ?? value) : value;
  }
  if (Array.isArray(value)) return value.map((one) => fill(one, texts));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, texts)]));
}

/** What the collector knows of the user. @param {import("../states.js").State} it */
function known({ content, done = [], complete, marks = {}, days = 0, at, hushed }) {
  const now = Date.now();
  const before = now - days * DAY - 60_000;
  const times = Object.fromEntries(done.map((id) => [id, before]));
  /** @param {any} piece */
  const run = ({ kind }) => ({
    shown_at: before,
    ...(kind === "checklist" && {
      pinned: [before, 1],
      started_at: before,
      tasks: times,
      marks: Object.fromEntries(Object.entries(marks).map(([id, mark]) => [id, [before, mark]])),
      ...(complete && { completed_at: now }),
    }),
    ...(kind === "tour" && at && { started_at: before, step: [before, at] }),
  });
  return {
    // What is told of a tip is that it was shown, and then it would not be again.
    runs: Object.fromEntries(
      /** @type {any[]} */ (content)
        .filter(({ kind }) => kind === "checklist" || at)
        .map((one) => [one.id, run(one)]),
    ),
    ...(hushed && { hushed: [now, true] }),
  };
}

/** The widget's parts, in all its roots. @type {Set<ShadowRoot>} */
const roots = new Set();

/** Opens the widget's roots, for what is to be pressed and for whoever looks for faults. */
function openRoots() {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const made = attach.call(this, { ...init, mode: "open" });
    roots.add(made);
    return made;
  };
}

/** @param {string} selector @returns {HTMLElement | undefined} */
function find(selector) {
  for (const one of roots) {
    const found = /** @type {HTMLElement | null} */ (one.querySelector(selector));
    if (found?.checkVisibility({ visibilityProperty: true })) return found;
  }
  return undefined;
}

/** @param {string} selector */
async function appeared(selector) {
  const end = performance.now() + PATIENCE;
  for (let found; performance.now() < end;) {
    if ((found = find(selector))) return found;
    await new Promise((done) => setTimeout(done, 16));
  }
  throw new Error(`there is no ${selector}`);
}

/** When nothing moves any more but what goes on for long. */
async function still() {
  await document.fonts.ready;
  // A picture comes when it is in sight; one that does not come is as it is to be seen.
  const pictures = [...roots].flatMap((one) => [...one.querySelectorAll("img")]);
  const late = new Promise((done) => setTimeout(done, PICTURES));
  const there = Promise.allSettled(pictures.map((one) => one.decode()));
  await Promise.race([there, late]);
  // A document does not tell of what moves in its shadow roots.
  const moving = [...roots]
    .flatMap((one) => one.getAnimations())
    .filter((one) => Number(one.effect?.getComputedTiming().endTime) <= SHORT);
  await Promise.allSettled(moving.map((one) => one.finished));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

/** @param {import("../states.js").State} it */
async function arrange({ press = [], shows, focus }) {
  for (const selector of press) (await appeared(selector)).click();
  if (shows) await appeared(shows);
  await still();
  for (const one of roots) /** @type {HTMLElement | null} */ (one.activeElement)?.blur();
  if (focus) (await appeared(focus)).focus({ preventScroll: true });
  await still();
}

/**
 * Has the page do what its buttons ask for. Of one that is waited for the time stands still, so that it can be looked
 * at for longer than it would be waited for.
 *
 * @param {import("../states.js").State["page"]} what
 */
function answer(what) {
  const now = Date.now();
  if (what === "waits") Date.now = () => now;
  /** @type {import("../../command.js").Call[]} */
  const q = [];
  if (what !== "fails")
    q.push([now, ["on", "action:gallery", () => what && new Promise(() => {})]]);
  window.headstart = Object.assign(() => {}, { q });
}

/** Puts the loader into the page, as a customer would. */
function load() {
  const script = document.createElement("script");
  script.src = "/headstart.js";
  script.dataset.writeKey = `gallery-${asked.get("name")}`;
  script.dataset.endpoint = "/gallery/answers";
  document.head.append(script);
}

async function show() {
  if (!state) throw new Error(`there is no state named ${asked.get("name")}`);
  const [texts, words, themes] = await Promise.all([
    json(`texts/${language}.json`),
    language === "en" ? undefined : json(`words/${language}.json`),
    json("themes.json"),
  ]);
  root.lang = language;
  root.dir = direction || (language === "ar" ? "rtl" : "ltr");
  root.dataset.scheme = scheme;
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-text]")
  )) {
    one.textContent = texts[one.dataset.text ?? ""] ?? "";
  }
  document.title = `${state.title} – Headstart`;
  const wears = state.wears ?? asked.get("theme") ?? "plain";
  const theme = themes.find((/** @type {any} */ { name }) => name === wears);
  if (!theme) throw new Error(`there is no theme named ${wears}`);
  openRoots();
  answering(state.network, {
    content: fill(state.content, texts).map((/** @type {any} */ one) => ({ ...one, language })),
    known: known(state),
    settings: { theme: theme.css[scheme] },
    server_time: Date.now(),
    language,
    words,
  });
  answer(state.page);
  load();
  await arrange(state);
}

show().then(
  () => (root.dataset.ready = ""),
  (error) => (root.dataset.failed = String(error)),
);
