/// <reference path="./css.d.ts" />
/** A page that starts a tour with Shepherd. */
import Shepherd from "shepherd.js";
import "shepherd.js/dist/css/shepherd.css";
import { STEPS } from "./steps.js";

const tour = new Shepherd.Tour({ useModalOverlay: true });
for (const [index, { element, title, text }] of STEPS.entries()) {
  const next = { text: index + 1 < STEPS.length ? "Next" : "Done", action: tour.next };
  const back = { text: "Back", action: tour.back };
  tour.addStep({
    title,
    text,
    attachTo: { element, on: "bottom" },
    buttons: index ? [back, next] : [next],
  });
}
void tour.start();
