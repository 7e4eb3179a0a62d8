/**
 * Every state that the gallery shows, as data. A name is an address (`/gallery/state?name=panel-half`) and
 * the name of what is kept of it, so it stays as it is.
 */

import { CARDS } from "./cards.js";
import {
  ALL,
  DUE,
  LONG,
  LONG_ACTION,
  LONG_LIST,
  MORE,
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
 * @property {"waits" | "fails"} [page] what the page does when a button calls it; without it, its work
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
      name: "task-busy",
      title: "Waits for the page",
      content: [list()],
      page: "waits",
      press: [...unfold(1), ".body .button"],
      shows: "[aria-busy]",
    },
    {
      name: "task-failed",
      title: "The page has failed",
      content: [list()],
      page: "fails",
      press: [...unfold(1), ".body .button"],
      shows: ".failed .icon",
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
  ...CARDS,
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
