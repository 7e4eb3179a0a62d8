/** Who is measured at coming onto the screen, and with what. */
import { STEPS } from "./pages/steps.js";

/**
 * @typedef {object} Subject
 * @property {string} name in the table
 * @property {"headstart" | "driver" | "shepherd" | "intro" | "posthog"} [library] none for the page alone
 * @property {string} visible a selector of what the user is to see
 * @property {object[]} [content] what Headstart is given
 */

/** The page with nobody on it, which everybody's time and memory are less of. @type {Subject} */
export const PAGE = { name: "the page alone", visible: "h1" };

/** Whom the first line of the table is compared with. @type {Subject} */
export const DRIVER = {
  name: "driver.js, first step",
  library: "driver",
  visible: ".driver-popover",
};

const [first] = STEPS;
if (!first) throw new Error("a tour needs a step");

/** @type {Subject[]} */
export const SUBJECTS = [
  PAGE,
  DRIVER,
  {
    name: "Headstart, checklist of five tasks, open",
    library: "headstart",
    visible: "[data-headstart] >>> .panel",
    content: [
      {
        id: "getting-started",
        kind: "checklist",
        title: "Get started",
        tasks: [...STEPS, ...STEPS.slice(0, 2)].map(({ title, text }, index) => ({
          id: `task-${index}`,
          title,
          description: text,
          done_when: { event: { name: `Task ${index}` } },
          action: { label: "Show me", callback: "show" },
        })),
      },
    ],
  },
  {
    name: "Headstart, first step of a tour",
    library: "headstart",
    visible: "[data-headstart] >>> .card",
    content: [
      {
        id: "welcome",
        kind: "tour",
        title: "Welcome",
        steps: STEPS.map(({ element, title, text }, index) => ({
          id: `step-${index}`,
          target: element,
          title,
          body: text,
          spotlight: "usable",
        })),
      },
    ],
  },
  { name: "Shepherd, first step", library: "shepherd", visible: ".shepherd-element" },
  { name: "Intro.js, first step", library: "intro", visible: ".introjs-tooltip" },
  {
    name: "posthog-js, a survey",
    library: "posthog",
    visible: "[class*=PostHogSurvey] >>> .ph-survey",
  },
];
