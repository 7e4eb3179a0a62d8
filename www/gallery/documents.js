/**
 * The content that the gallery shows, as browsers get it. Texts that begin with `@` are found in `texts/`, by
 * language.
 */

/** @param {string} text */
export const says = (text) => [["p", text]];

/** @param {string} id @param {object} [more] */
export const task = (id, more) => ({
  id,
  title: `@${id}`,
  description: says(`@${id}_about`),
  done_when: { event: { name: id } },
  action: { label: `@${id}_do`, callback: "gallery" },
  ...more,
});

export const TASKS = [
  task("invoice"),
  task("preview", { after: ["invoice"] }),
  task("name"),
  task("templates", { required: false }),
  task("bank"),
];

/** @param {object} [more] */
export const list = (more) => ({
  id: "list",
  version: 1,
  kind: "checklist",
  title: "@list",
  description: says("@list_about"),
  done_message: says("@list_done"),
  tasks: TASKS,
  ...more,
});

export const MORE = list({ id: "more", title: "@more", priority: -1 });

export const LONG = { title: "@long", description: says("@long_about") };
export const LONG_ACTION = { label: "@long_do", callback: "gallery" };

/** @param {object} [more] */
export const tip = (more) => ({
  id: "tip",
  version: 1,
  kind: "tip",
  target: "#new",
  title: "@tip",
  body: says("@tip_about"),
  action: { label: "@tip_do", callback: "gallery" },
  ...more,
});

export const HINT = tip({
  form: "hint",
  title: "@hint",
  body: says("@hint_about"),
  action: undefined,
});

export const NOTE = tip({
  form: "inline",
  target: "#field",
  title: "@note",
  body: says("@note_about"),
  action: undefined,
});

/** @param {object} [more] of its steps */
export const tour = (more) => ({
  id: "tour",
  version: 1,
  kind: "tour",
  title: "@tour_first",
  steps: [{ id: "first", target: "#nav" }, { id: "middle", target: "#new" }, { id: "last" }].map(
    (step) => ({
      title: `@tour_${step.id}`,
      body: says(`@tour_${step.id}_about`),
      ...step,
      ...(step.target ? more : {}),
    }),
  ),
});

/** @param {object} [more] */
export const banner = (more) => ({
  id: "banner",
  version: 1,
  kind: "banner",
  title: "@banner",
  body: says("@banner_about"),
  actions: [
    { label: "@banner_do", callback: "gallery" },
    { label: "@later", snooze: "1d" },
  ],
  ...more,
});

export const WELCOME = [
  ["p", "@modal_about"],
  ["ul", ["li", "@modal_one"], ["li", "@modal_two"], ["li", "@modal_three"]],
];

/** @param {object} [more] */
export const modal = (more) => ({
  id: "modal",
  version: 1,
  kind: "modal",
  title: "@modal",
  body: WELCOME,
  actions: [
    { label: "@modal_do", callback: "gallery" },
    { label: "@later", close: true },
  ],
  ...more,
});

/** All tasks of the list. */
export const ALL = TASKS.map(({ id }) => id);
/** What makes it complete. */
export const REQUIRED = ALL.filter((id) => id !== "templates");
/** How the panel is opened. */
export const OPEN = [".launcher"];

/** How a row of the panel is unfolded. @param {number} place from 1 */
export const unfold = (place) => [".launcher", `.task:nth-child(${place}) h3 button`];

/** All that a text may hold. */
export const RICH = [
  ["p", "@invoice_about", " ", ["strong", "@invoice_do"], " ", ["em", "@name"]],
  ["ol", ["li", "@modal_one"], ["li", "@modal_two", ["ul", ["li", "@modal_three"]]]],
  ["p", ["a", { href: "https://example.com/" }, "@video"], " ", ["code", "INV-0001"]],
  ["pre", ["code", 'POST /v1/track\n{ "event": "Invoice Created" }']],
];

/** Of whose tasks one is due soon, and one overdue. */
export const DUE = list({
  tasks: [
    task("invoice"),
    task("preview", { due: "3d" }),
    task("name", { due: "1d" }),
    task("templates", { required: false }),
  ],
});

export const LONG_LIST = list({
  ...LONG,
  tasks: [
    task("invoice", {
      ...LONG,
      action: LONG_ACTION,
      required: false,
      markable: true,
      skippable: true,
    }),
    task("name", { ...LONG, due: "1d" }),
  ],
});
