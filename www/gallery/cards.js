/**
 * The states of cards, by what they are of: of what comes up by itself, or is asked for, beside the checklist.
 */

import { HINT, NOTE, banner, list, modal, task, tip, tour } from "./documents.js";

/** @type {Record<string, import("./states.js").State[]>} */
export const CARDS = {
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
      name: "tooltip-busy",
      title: "Waits for the page",
      content: [tip()],
      page: "waits",
      press: [".card .button"],
      shows: "[aria-busy]",
    },
    {
      name: "tooltip-failed",
      title: "The page has failed",
      content: [tip()],
      page: "fails",
      press: [".card .button"],
      shows: ".failed .icon",
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
      name: "banner-failed",
      title: "The page has failed",
      content: [banner()],
      page: "fails",
      press: [".card .button"],
      shows: ".failed .icon",
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
      name: "modal-busy",
      title: "Waits for the page",
      content: [modal()],
      page: "waits",
      press: [".modal .button"],
      shows: "[aria-busy]",
    },
    {
      name: "modal-failed",
      title: "The page has failed",
      content: [modal()],
      page: "fails",
      press: [".modal .button"],
      shows: ".failed .icon",
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
};
