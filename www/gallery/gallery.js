/**
 * The gallery's index: each state in a frame of its own, which is the page `state/` with the choices made
 * here. The choices are in the address, so that a look can be sent to somebody.
 */
import { GROUPS } from "./states.js";

const LANGUAGES = {
  en: "English",
  ar: "العربية",
  de: "Deutsch",
  es: "Español",
  fr: "Français",
  ja: "日本語",
  "pt-BR": "Português (Brasil)",
  ru: "Русский",
  "zh-CN": "简体中文",
};
const SCHEMES = { light: "Light", dark: "Dark" };
/** Widths of the screen, and how high it is there. @type {Record<string, number>} */
const SCREENS = { 360: 640, 768: 720, 1280: 720 };
/** A frame is shown no wider than this. */
const WIDEST = 640;

/** @typedef {Record<string, string>} Choice */

/** @template {HTMLElement} T @param {string} selector @returns {T} */
const find = (selector) => /** @type {T} */ (document.querySelector(selector));

/** @param {string} tag @param {object} properties @param {(Node | string)[]} children */
function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** @type {HTMLFormElement} */
const form = find(".controls");
const states = find("#states");

/** What is chosen. @returns {Choice} */
function chosen() {
  const pairs = /** @type {[string, string][]} */ ([...new FormData(form)]);
  return Object.fromEntries(pairs);
}

/** @param {Choice} choice */
function address({ name, theme, language, scheme, direction }) {
  return `/gallery/state/?${new URLSearchParams({ name, theme, language, scheme, direction })}`;
}

/** A frame with a state in it, as small as it must be to be seen whole. @param {Choice} choice @param {string} caption */
function frame(choice, caption) {
  const width = Number(choice["width"]);
  const height = SCREENS[width] ?? 720;
  const scale = Math.min(1, WIDEST / width);
  const inner = element("iframe", {
    title: caption,
    loading: "lazy",
    src: address(choice),
    width,
    height,
  });
  const screen = element("div", { className: "screen" }, inner);
  screen.style.setProperty("--width", `${width * scale}px`);
  screen.style.setProperty("--height", `${height * scale}px`);
  screen.style.setProperty("--scale", String(scale));
  return element(
    "figure",
    {},
    screen,
    element("figcaption", {}, element("a", { href: address(choice) }, caption)),
  );
}

/** The frames of one state: one, or as many as there are to be side by side. @param {any} state @param {Choice} choice @param {Record<string, Record<string, string>>} all */
function frames(state, choice, all) {
  const one = { ...choice, name: state.name };
  const values = all[choice["beside"] ?? ""];
  if (!values) return [frame(one, state.title)];
  return Object.entries(values).map(([value, title]) =>
    frame({ ...one, [choice["beside"] ?? ""]: value }, `${title}`),
  );
}

/** @param {Choice} choice @param {Record<string, Record<string, string>>} all */
function draw(choice, all) {
  const wanted = (choice["find"] ?? "").toLowerCase();
  const sections = Object.entries(GROUPS).map(([group, list]) => {
    const id = group.toLowerCase().replaceAll(" ", "-");
    const shown = list.filter(({ name, title }) =>
      `${group} ${name} ${title}`.toLowerCase().includes(wanted),
    );
    const articles = shown.map((state) =>
      element(
        "article",
        { id: state.name },
        element(
          "h3",
          {},
          element("a", { href: `#${state.name}`, title: "Link to this state" }, state.title),
        ),
        element("p", { className: "name" }, element("code", {}, state.name)),
        element("div", { className: "frames" }, ...frames(state, choice, all)),
      ),
    );
    return { group, id, articles };
  });
  const there = sections.filter(({ articles }) => articles.length > 0);
  states.replaceChildren(
    ...there.map(({ group, id, articles }) =>
      element(
        "section",
        { id },
        element("h2", {}, group),
        element("div", { className: "articles" }, ...articles),
      ),
    ),
  );
  if (there.length === 0) {
    states.append(element("p", { className: "none" }, `No state is called “${choice["find"]}”.`));
  }
  states.classList.toggle("beside", Boolean(choice["beside"]));
  find(".groups").replaceChildren(
    ...there.map(({ group, id, articles }) =>
      element(
        "a",
        { href: `#${id}` },
        group,
        element("span", { className: "many" }, `${articles.length}`),
      ),
    ),
  );
}

/** Makes the address say what is chosen. @param {Choice} choice @param {Choice} first */
function note(choice, first) {
  const other = Object.entries(choice).filter(([name, value]) => value !== first[name]);
  const query = new URLSearchParams(other).toString();
  history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
}

async function start() {
  const response = await fetch("/gallery/themes.json");
  /** @type {{ name: string, title: string }[]} */
  const themes = await response.json();
  const all = {
    theme: Object.fromEntries(themes.map(({ name, title }) => [name, title])),
    language: LANGUAGES,
    scheme: SCHEMES,
    width: Object.fromEntries(Object.keys(SCREENS).map((width) => [width, `${width} px`])),
  };
  for (const name of /** @type {const} */ (["theme", "language"])) {
    const options = Object.entries(all[name]).map(([value, text]) =>
      element("option", { value }, text),
    );
    find(`[name=${name}]`).append(...options);
  }
  const first = chosen();
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements.namedItem(name);
    if (field) /** @type {HTMLInputElement} */ (field).value = value;
  }
  const show = () => {
    const choice = chosen();
    draw(choice, all);
    note(choice, first);
  };
  /** @type {any} */
  let timer;
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(show, /** @type {any} */ (event.target).name === "find" ? 300 : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
  if (location.hash) find(location.hash)?.scrollIntoView();
}

start();
