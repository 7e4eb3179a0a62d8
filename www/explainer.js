/**
 * The explainer: for every piece of content whether it is shown or exactly why not, live, in words that its
 * author understands; what its conditions came to; the latest events; what waits to be sent.
 *
 * A file of its own, which only those download who open it.
 */

/**
 * @typedef {import("./command").Outcome} Check
 * @typedef {import("./command").Explanation} Row
 * @typedef {import("./command").State} State
 */

/** How often it looks again, milliseconds. */
const EVERY = 500;

/** @type {Record<string, (detail: string, document: any) => string>} */
const REASONS = {
  consent: () => "It needs to know who the user is, and the user has not agreed to that.",
  not_looked_at: () => "The user has not looked at this page yet.",
  dismissed: () => "The user closed it.",
  completed: () => "The user is done with it.",
  schedule: (_, { schedule } = {}) =>
    schedule?.from > Date.now()
      ? `Its time begins ${moment(schedule.from)}.`
      : `Its time ended ${moment(schedule?.until)}.`,
  snoozed: (until) =>
    until
      ? `The user put it off until ${moment(+until)}.`
      : "The user put it off until their next session.",
  audience: () => "It is not meant for this user: see “For whom” below.",
  hushed: () => "The user wants no more tips and tours.",
  trigger: () => "What brings it up has not happened: see “When” below.",
  frequency: (_, { frequency } = {}) =>
    typeof frequency === "object"
      ? `It has been up, and comes again every ${text(Object.values(frequency)[0])}.`
      : `It has been up as often as “${text(frequency) || "once"}” allows.`,
  holdout: (_, { holdout } = {}) =>
    `This user is one of the ${holdout} in a hundred who never see it, to compare.`,
  busy: (why) =>
    ({
      typing: "The user is typing. It waits until they pause.",
      dialog: "A dialog of the page is open. It waits until that is closed.",
      away: "The page is not in front. It waits until the user comes back.",
    })[why] || "The user is busy.",
  session_limit: () => "This session has had as many interruptions as the project allows.",
  day_limit: () => "The last 24 hours have had as many interruptions as the project allows.",
  quiet: (until) => `It is quiet after the last interruption, until ${moment(+until)}.`,
  page: () => "It belongs on another page.",
  target_missing: (detail) => `Its element is not to be seen: ${detail}`,
  lower_priority: (other) => `“${other}” is up in its place. It comes when that is gone.`,
};

/** The conditions, as an author would say them. @type {Record<string, (wanted: any) => string>} */
const CONDITIONS = {
  all: () => "all of these",
  any: () => "any of these",
  not: () => "not this",
  event: ({ name, at_least = 1, within, where }) =>
    `event “${name}”${where ? ` with ${text(where)}` : ""}${at_least > 1 ? `, ${at_least} times` : ""}${within ? `, within ${within}` : ""}`,
  page: (page) => `page ${Object.values(page).map(text).join(" ")}`,
  element: ({ selector, is }) => `element ${selector} is ${text(is)}`,
  trait: ({ name, is = "exists", of = "user" }) => `${of}.${name} ${text(is)}`,
  content: ({ id, is, since }) => `“${id}” is ${text(is)}${since ? ` since ${since}` : ""}`,
  sessions: ({ at_least, within }) => `${at_least} sessions${within ? ` within ${within}` : ""}`,
  session: (session) => `this session: ${text(session)}`,
  first_seen: (seen) => `first seen: ${text(seen)}`,
  share: ({ percent, draw }) => `one of ${percent} % in “${draw}”`,
  locale: (locale) => `language ${locale}`,
  device: (device) => `a ${device}`,
};

/** @param {unknown} value @returns {string} */
const text = (value) =>
  typeof value === "string" ? value : value ? JSON.stringify(value) : String(value ?? "");

/** @param {number} at */
const moment = (at) => new Date(at).toLocaleString();

/**
 * @param {string} name
 * @param {Record<string, string | undefined>} [attributes]
 * @param {...(Node | string)} children
 */
const h = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
};

/**
 * A condition with what it came to, and the same of those in it.
 *
 * @param {any} condition
 * @param {Check | null | undefined} check
 * @returns {HTMLElement}
 */
const tree = (condition, check) => {
  const [kind, wanted] = Object.entries(condition)[0] || ["", {}];
  const parts = kind === "not" ? [wanted] : Array.isArray(wanted) ? wanted : [];
  const said = (CONDITIONS[kind] || text)(wanted);
  const mark = check?.holds ? "✓" : "✗";
  const line = h("span", {}, h("b", { class: check?.holds ? "yes" : "no" }, mark), ` ${said}`);
  const inner = parts.map((part, index) => tree(part, check?.parts[index]));
  return h("li", {}, line, ...(inner.length ? [h("ul", {}, ...inner)] : []));
};

/** @param {string} label @param {any} condition @param {Check | null | undefined} check */
const branch = (label, condition, check) =>
  condition ? [h("h4", {}, label), h("ul", {}, tree(condition, check))] : [];

/** @param {Row} row @param {State} state @param {Set<string>} open */
const piece = (row, state, open) => {
  const found = state.documents.find(({ id }) => id === row.content) || {};
  const why = row.shown
    ? "Shown."
    : (REASONS[row.reason || ""] || (() => row.reason || ""))(row.detail || "", found);
  const details = h(
    "details",
    { "data-id": row.content, open: open.has(row.content) ? "" : undefined },
    h(
      "summary",
      {},
      h("span", { class: row.shown ? "dot on" : "dot" }),
      h("strong", {}, row.content),
      h("span", { class: "kind" }, [found.kind, found.form].filter(Boolean).join(" ")),
      h("span", { class: "why" }, why),
    ),
    ...branch("For whom", found.audience, row.checks.audience),
    ...branch("When", found.trigger, row.checks.trigger),
    ...(found.tasks || []).flatMap((/** @type {any} */ task, /** @type {number} */ index) =>
      branch(`Task “${task.id}” is done`, task.done_when, row.checks.tasks[index]),
    ),
  );
  return details;
};

const STYLE = `
:host { all: initial !important; }
section { position: fixed; inset: auto auto 12px 12px; z-index: 2147483647; box-sizing: border-box;
  width: min(460px, calc(100vw - 24px)); height: min(560px, calc(100dvh - 24px)); margin: 0; padding: 0;
  display: flex; flex-direction: column; border: 1px solid #3b4050; border-radius: 12px;
  background: #16181f; color: #e8eaf0; font: 13px/18px ui-sans-serif, system-ui, sans-serif;
  box-shadow: 0 16px 48px #0008; }
header { display: flex; align-items: center; gap: 8px; padding: 10px 14px; border-bottom: 1px solid #2c303c; }
h2 { flex: 1; margin: 0; font: 600 14px/20px inherit; font-size: 14px; }
h3 { margin: 16px 0 6px; font-size: 11px; letter-spacing: .06em; text-transform: uppercase; color: #9aa1b4; }
h4 { margin: 8px 0 2px; font-size: 12px; color: #9aa1b4; }
main { flex: 1; overflow: auto; padding: 0 14px 14px; overflow-wrap: anywhere; }
button { min-width: 28px; min-height: 28px; border: 0; border-radius: 6px; background: #2c303c; color: inherit; font: inherit; cursor: pointer; }
:focus-visible { outline: 2px solid #98a4ff; outline-offset: 1px; }
details { border-bottom: 1px solid #22252f; }
summary { display: grid; grid-template-columns: 12px auto 1fr; gap: 0 8px; padding: 7px 0; cursor: pointer; list-style: none; align-items: baseline; }
summary::-webkit-details-marker { display: none; }
.dot { width: 8px; height: 8px; border-radius: 50%; background: #565d70; }
.on { background: #4cc38a; }
.kind { color: #9aa1b4; }
.why { grid-column: 2 / -1; color: #c3c8d6; }
ul { margin: 0; padding: 0 0 0 16px; list-style: none; }
details > ul { padding: 0 0 8px 20px; }
.yes { color: #4cc38a; } .no { color: #ff9592; }
table { width: 100%; border-collapse: collapse; }
td { padding: 2px 8px 2px 0; vertical-align: top; } td:last-child { color: #9aa1b4; }
@media (forced-colors: active) { .dot { border: 1px solid; } .on { background: Highlight; } }
`;

/**
 * @param {() => State} read what is going on
 * @param {() => void} closed is called when it is closed
 * @returns {() => void} closes it
 */
export const explain = (read, closed) => {
  const host = h("div", { "data-headstart": "explainer" });
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const main = h("main", { tabindex: "0", "aria-label": "Why not?" });
  const end = h("button", { type: "button", "aria-label": "Close" }, "✕");
  const section = h(
    "section",
    {
      popover: "manual",
      role: "complementary",
      "aria-label": "Headstart explainer",
      lang: "en",
      dir: "ltr",
    },
    h("header", {}, h("h2", {}, "Headstart: why, and why not"), end),
    main,
  );
  root.append(section);
  document.body.append(host);
  section.showPopover?.();

  let last = "";
  const draw = () => {
    const state = read();
    if (!state) return close();
    const now = JSON.stringify(state);
    if (now === last) return;
    last = now;
    const open = new Set(
      [...main.querySelectorAll("details[open]")].map((one) => one.getAttribute("data-id") || ""),
    );
    const focused = root.activeElement?.closest("details")?.getAttribute("data-id");
    const missing = state.content.filter(({ reason }) => reason === "target_missing");
    const line = (/** @type {string[]} */ ...cells) =>
      h("tr", {}, ...cells.map((cell) => h("td", {}, cell)));
    const { kinds = {}, dead = [], ...queue } = state.queue;
    main.replaceChildren(
      h("h3", {}, `Content (${state.content.filter(({ shown }) => shown).length} shown)`),
      ...state.content.map((row) => piece(row, state, open)),
      ...(missing.length
        ? [
            h("h3", {}, "Elements that are missing"),
            h("table", {}, ...missing.map((row) => line(row.content, row.detail || ""))),
          ]
        : []),
      h("h3", {}, "Latest events"),
      h(
        "table",
        {},
        ...state.events.map(({ name, at, about }) =>
          line(name, new Date(at).toLocaleTimeString(), about),
        ),
      ),
      h("h3", {}, "Waiting to be sent"),
      h("table", {}, ...Object.entries(queue).map(([name, value]) => line(name, text(value)))),
      h("h3", {}, "Who"),
      h(
        "table",
        {},
        line("user", state.userId || "nobody signed in"),
        line("browser", state.anonymousId),
      ),
    );
    if (focused) {
      /** @type {HTMLElement | null} */
      const summary = main.querySelector(`[data-id=${JSON.stringify(focused)}] summary`);
      summary?.focus();
    }
  };
  const timer = setInterval(draw, EVERY);
  const close = () => {
    clearInterval(timer);
    host.remove();
    closed();
  };
  end.addEventListener("click", close);
  section.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  draw();
  return close;
};
