/**
 * Every state that the gallery shows, as data. A name is an address (`/gallery/state?name=panel-half`) and
 * the name of what is kept of it, so it stays as it is.
 */

import {
  ALL,
  DUE,
  HINT,
  LONG,
  LONG_ACTION,
  LONG_LIST,
  MORE,
  NOTE,
  OPEN,
  REQUIRED,
  RICH,
  TASKS,
  WELCOME,
  banner,
  list,
  modal,
  says,
  task,
  tip,
  tour,
  unfold,
} from "./documents.js";

/**
 * @typedef {object} State
 * @property {string} name
 * @property {string} title what a designer calls it
 * @property {object[]} content what the collector answers with, as browsers get it
 * @property {string[]} [done] tasks of the list that are done
 * @property {boolean} [complete] so that it is complete
 * @property {Record<string, string>} [marks] what the user marked tasks as
 * @property {number} [days] for so many the list has been there
 * @property {string} [at] the step at which a tour is
 * @property {boolean} [hushed] the user wants no more tips
 * @property {string[]} [press] what is pressed, one after the other
 * @property {string} [focus] what has the keyboard's focus
 * @property {string} [shows] what is there when it is as it should be; without it, nothing is
 * @property {string} [network] how the network is
 * @property {string} [wears] a theme by name, whatever is chosen
 */

/** By what they are of. @type {Record<string, State[]>} */
export const GROUPS = {
  Launcher: [
    { name: "launcher-none", title: "Nothing done yet", content: [list()], shows: ".launcher" },
    {
      name: "launcher-some",
      title: "Two of five done",
      content: [list()],
      done: ["invoice", "name"],
      shows: ".arc",
    },
    {
      name: "launcher-all",
      title: "All done",
      content: [list()],
      done: ALL,
      complete: true,
      shows: ".launcher [data-look=disc]",
    },
    {
      name: "launcher-start",
      title: "In the other corner",
      content: [list()],
      done: ["invoice"],
      wears: "start",
      shows: ".launcher",
    },
    {
      name: "launcher-focus",
      title: "With the keyboard’s focus",
      content: [list()],
      done: ["invoice"],
      focus: ".launcher",
      shows: ".launcher",
    },
  ],
  Panel: [
    {
      name: "panel-none",
      title: "Nothing done yet",
      content: [list()],
      press: OPEN,
      shows: ".panel",
    },
    {
      name: "panel-half",
      title: "Half done, the next one unfolded",
      content: [list()],
      done: ["invoice", "name"],
      press: unfold(2),
      shows: ".panel .body",
    },
    {
      name: "panel-due",
      title: "Due soon, and overdue",
      content: [DUE],
      done: ["invoice"],
      days: 2,
      press: OPEN,
      shows: ".panel [data-over]",
    },
    {
      name: "panel-question",
      title: "Asks before it goes",
      content: [list()],
      done: ["invoice"],
      press: [".launcher", "[data-dismiss]"],
      shows: ".question",
    },
    {
      name: "panel-several",
      title: "Of several lists, the first",
      content: [list(), MORE],
      done: ["invoice", "preview"],
      press: OPEN,
      shows: ".panel",
    },
    {
      name: "panel-hushed",
      title: "After “No more tips”",
      content: [list()],
      done: ["invoice"],
      hushed: true,
      press: OPEN,
      shows: ".hushed",
    },
    {
      name: "panel-many",
      title: "More tasks than fit",
      content: [
        list({
          tasks: [1, 2, 3].flatMap((round) =>
            TASKS.map((one) => ({ ...one, id: `${one.id}-${round}`, after: undefined })),
          ),
        }),
      ],
      done: ["invoice-1", "preview-1", "name-1"],
      press: OPEN,
      shows: ".panel",
    },
    {
      name: "panel-focus",
      title: "With the keyboard’s focus on a task",
      content: [list()],
      done: ["invoice"],
      press: unfold(3),
      focus: ".task:nth-child(3) h3 button",
      shows: ".panel .body",
    },
    {
      name: "panel-celebration",
      title: "Celebration",
      content: [list()],
      done: ALL,
      complete: true,
      press: OPEN,
      shows: ".celebration",
    },
    {
      name: "panel-leftovers",
      title: "Celebration, with something left to do",
      content: [list()],
      done: REQUIRED,
      complete: true,
      press: OPEN,
      shows: ".leftovers",
    },
  ],
  Task: [
    {
      name: "task-open",
      title: "With its action",
      content: [list()],
      press: unfold(1),
      shows: ".body .button",
    },
    {
      name: "task-choices",
      title: "Can be marked, and left out",
      content: [
        list({
          tasks: [task("invoice", { markable: true, skippable: true }), task("name"), task("bank")],
        }),
      ],
      press: unfold(1),
      shows: ".body [data-own]",
    },
    {
      name: "task-undo",
      title: "Marked as done, which can be undone",
      content: [list({ tasks: [task("invoice", { markable: true }), task("name"), task("bank")] })],
      marks: { invoice: "done" },
      press: unfold(1),
      shows: "[data-state=done] .body",
    },
    {
      name: "task-skipped",
      title: "Left out",
      content: [
        list({ tasks: [task("invoice", { skippable: true }), task("name"), task("bank")] }),
      ],
      marks: { invoice: "skipped" },
      press: unfold(1),
      shows: "[data-state=skipped] .body",
    },
    {
      name: "task-locked",
      title: "Locked, and why",
      content: [list()],
      press: unfold(2),
      shows: ".lock-reason",
    },
    {
      name: "task-optional",
      title: "Optional",
      content: [list()],
      press: unfold(4),
      shows: ".body",
    },
    {
      name: "task-rich",
      title: "All that a description may hold",
      content: [list({ tasks: [task("invoice", { description: RICH }), task("name")] })],
      press: unfold(1),
      shows: ".body pre",
    },
  ],
  Reminder: [
    {
      name: "reminder",
      title: "Of an overdue task, at the launcher",
      content: [list({ tasks: [task("invoice", { due: "1d" }), task("name"), task("bank")] })],
      days: 2,
      shows: "[data-form=reminder]",
    },
  ],
  Tooltip: [
    { name: "tooltip", title: "Below its element", content: [tip()], shows: ".card" },
    {
      name: "tooltip-top",
      title: "Above its element",
      content: [tip({ target: "#field", side: "top" })],
      shows: ".card",
    },
    {
      name: "tooltip-side",
      title: "Beside its element",
      content: [tip({ target: "#field", side: "end" })],
      shows: ".card",
    },
    {
      name: "tooltip-plain",
      title: "Without a button",
      content: [tip({ action: undefined })],
      shows: ".card",
    },
    {
      name: "tooltip-menu",
      title: "Later, or no more of it",
      content: [tip()],
      press: [".card summary"],
      shows: ".menu",
    },
    {
      name: "tooltip-own",
      title: "With a look of its own",
      content: [tip()],
      wears: "content",
      shows: ".card",
    },
  ],
  Hint: [
    { name: "hint-closed", title: "Its mark", content: [HINT], shows: ".beacon" },
    {
      name: "hint-open",
      title: "Opened",
      content: [HINT],
      press: [".beacon"],
      shows: ".card:not([hidden])",
    },
    {
      name: "hint-focus",
      title: "Its mark, with the keyboard’s focus",
      content: [HINT],
      focus: ".beacon",
      shows: ".beacon",
    },
  ],
  Note: [
    { name: "note", title: "In the page", content: [NOTE], shows: "[data-form=inline]" },
    {
      name: "note-action",
      title: "In the page, with a button",
      content: [{ ...NOTE, action: { label: "@name_do", callback: "gallery" } }],
      shows: "[data-form=inline] .button",
    },
  ],
  Tour: [
    { name: "tour-first", title: "First step", content: [tour()], shows: ".card .place" },
    {
      name: "tour-middle",
      title: "On the way",
      content: [tour()],
      at: "middle",
      shows: ".card .place",
    },
    {
      name: "tour-back",
      title: "On the way, with a step to go back to",
      content: [tour()],
      press: [".card .foot .button"],
      shows: ".card .foot .tool",
    },
    {
      name: "tour-spotlight",
      title: "With a spotlight",
      content: [tour({ spotlight: "usable" })],
      at: "middle",
      shows: ".veil",
    },
    {
      name: "tour-last",
      title: "Last step, in the middle of the screen",
      content: [tour()],
      at: "last",
      shows: ".card[data-centred]",
    },
  ],
  Banner: [
    {
      name: "banner-top",
      title: "Along the top",
      content: [banner()],
      shows: "[data-form=banner]",
    },
    {
      name: "banner-bottom",
      title: "Along the bottom, with the launcher above",
      content: [banner({ side: "bottom" }), list()],
      done: ["invoice"],
      shows: "[data-form=banner]",
    },
    {
      name: "banner-menu",
      title: "Later, or no more of it",
      content: [banner({ side: "bottom" })],
      press: [".card summary"],
      shows: ".menu",
    },
  ],
  Modal: [
    { name: "modal", title: "A welcome", content: [modal()], shows: ".modal" },
    {
      name: "modal-image",
      title: "With a picture",
      content: [
        modal({
          body: [
            ["p", ["img", { alt: "@image", src: "/gallery/state/picture.svg" }]],
            ["p", "@modal_about"],
          ],
        }),
      ],
      shows: ".modal img",
    },
    {
      name: "modal-video",
      title: "With a link to a video",
      content: [
        modal({
          body: [
            ["p", "@modal_about"],
            ["p", ["a", { href: "https://example.com/video" }, "@video"]],
          ],
          actions: [{ label: "@later", close: true }],
        }),
      ],
      shows: ".modal a",
    },
    {
      name: "modal-buttons",
      title: "With as many buttons as one may want",
      content: [
        modal({
          actions: [
            { label: "@modal_do", callback: "gallery" },
            { label: "@preview_do", callback: "gallery" },
            { label: "@later", close: true },
          ],
        }),
      ],
      shows: ".modal",
    },
    {
      name: "modal-focus",
      title: "With the keyboard’s focus",
      content: [modal()],
      focus: ".modal .button",
      shows: ".modal",
    },
    {
      name: "modal-broken",
      title: "With a picture that does not come",
      content: [
        modal({
          body: [
            ["p", ["img", { alt: "@image", src: "/gallery/state/none.svg" }]],
            ["p", "@modal_about"],
          ],
        }),
      ],
      shows: ".modal img",
    },
  ],
  "Long texts": [
    {
      name: "long-launcher",
      title: "Launcher",
      content: [list(LONG)],
      done: ["invoice"],
      shows: ".launcher",
    },
    {
      name: "long-panel",
      title: "Panel and task",
      content: [LONG_LIST],
      press: unfold(1),
      shows: ".panel .body",
    },
    {
      name: "long-tooltip",
      title: "Tooltip",
      content: [tip({ title: "@long", body: says("@long_about"), action: LONG_ACTION })],
      shows: ".card",
    },
    {
      name: "long-banner",
      title: "Banner",
      content: [
        banner({
          title: "@long",
          body: says("@long_about"),
          actions: [LONG_ACTION, { label: "@long_do", snooze: "1d" }],
        }),
      ],
      shows: "[data-form=banner]",
    },
    {
      name: "long-modal",
      title: "Modal that scrolls",
      content: [
        modal({
          title: "@long",
          body: [1, 2, 3, 4, 5].flatMap(() => [...says("@long_about"), ...WELCOME]),
          actions: [LONG_ACTION, { label: "@long_do", close: true }],
        }),
      ],
      shows: ".modal",
    },
  ],
  Trouble: [
    { name: "empty", title: "Nothing for this user: nothing is shown", content: [] },
    {
      name: "loading",
      title: "The answer is still coming: nothing is shown",
      content: [list()],
      network: "slow",
    },
    {
      name: "error",
      title: "The collector fails: nothing is shown",
      content: [list()],
      network: "broken",
    },
    {
      name: "offline",
      title: "Offline, with the panel open",
      content: [list()],
      done: ["invoice"],
      network: "offline",
      press: OPEN,
      shows: ".panel",
    },
  ],
};

/** All of them. */
export const STATES = Object.values(GROUPS).flat();
