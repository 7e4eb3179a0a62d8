/// <reference path="./css.d.ts" />
/** A page that starts a tour with Intro.js. */
import introJs from "intro.js";
import "intro.js/minified/introjs.min.css";
import { STEPS } from "./steps.js";

void introJs
  .tour()
  .setOptions({ steps: STEPS.map(({ element, title, text }) => ({ element, title, intro: text })) })
  .start();
