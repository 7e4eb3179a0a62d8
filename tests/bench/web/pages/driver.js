/// <reference path="./css.d.ts" />
/** A page that starts a tour with driver.js. */
import { driver } from "driver.js";
import "driver.js/dist/driver.css";
import { STEPS } from "./steps.js";

driver({
  showProgress: true,
  steps: STEPS.map(({ element, title, text }) => ({
    element,
    popover: { title, description: text },
  })),
}).drive();
