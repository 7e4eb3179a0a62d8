/**
 * What the widget itself says. English is here; other languages come with the collector's answer (the
 * files in `www/words`), and only the one that is in use.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { attempt } from "./borrowed.js";

/** @typedef {string | Record<string, string>} Text one text, or one for each of the language's plural categories */

/**
 * The texts by name, in the order of `Word` in `src/ui/words.rs`. `{0}` and `{1}` are filled in; where
 * there are several forms, `{0}` decides.
 *
 * @type {Record<string, Text>}
 */
export const ENGLISH = {
  count: "{0} of {1} done",
  left: "{0} left",
  progress: "Progress",
  all_done: "All done",
  celebration: "You’re all set",
  still_there: "Still there if you like",
  minimise: "Minimize",
  dismiss: "Hide checklist",
  question: "Hide this checklist?",
  reassurance: "What you’ve done so far is kept.",
  hide: "Hide",
  keep: "Keep it",
  close: "Close",
  done: "Done",
  locked: "Locked",
  optional: "Optional",
  first: "Do {0} first",
  quoted: "“{0}”",
  task_done: "Done: {0}",
  skipped: "Skipped",
  later: "Opens later",
  skip: "Skip",
  mark_done: "Mark as done",
  undo: "Undo",
  due: "Due soon",
  overdue: "Overdue",
  reminder: "Still to do",
  step: "{0} of {1}",
  next: "Next",
  back: "Back",
  finish: "Done",
  show_me: "Show me",
  more: "More options",
  tomorrow: "Remind me tomorrow",
  next_time: "Remind me next time",
  no_more: "No more tips",
  tips_again: "Show tips again",
  failed: "That didn’t work. Please try again.",
  comma: ", ",
  stop: ". ",
};
const NAMES = Object.keys(ENGLISH);

/** What is in the language of its content. */
const AUTHORS = ".card,.panel,.launcher";
/** What in there is ours. */
const OURS =
  ".corner,.place,.buttons,.count,.left,.tag,.question,.leftovers,.lock-reason,.failed,[data-own],button>.said";

let language = "en";
let words = ENGLISH;
/** @type {Intl.PluralRules | undefined} */
let plurals;
/** @type {Intl.NumberFormat | undefined} */
let numbers;

/**
 * Takes the words that an answer brings. One that brings none is in the language that is spoken already,
 * or has nothing to say.
 *
 * @param {{ language?: string, words?: Record<string, Text> }} answer
 */
export const learn = (answer) =>
  void attempt(() => {
    const { language: tag = "en", words: given } = answer;
    if (!given && tag != "en") return;
    plurals = numbers = undefined;
    language = tag;
    words = { ...ENGLISH, ...given };
  });

/** The language that is spoken. */
export const spoken = () => language;

/**
 * A number as the language writes it. What `Intl` is asked for, it first has to load, which takes longer than to draw
 * the whole widget; and of our languages only Arabic has digits of its own. Source: CLDR, default numbering systems.
 *
 * @param {number} value
 */
const written = (value) =>
  value < 1000 && !/^ar/.test(language)
    ? value
    : (attempt(() => (numbers ??= new Intl.NumberFormat(language)).format(value)) ?? value);

/** The plural form that the language has for so many. @param {string | number | undefined} count */
const formFor = (count) =>
  attempt(() => (plurals ??= new Intl.PluralRules(language)).select(Number(count))) ?? "other";

/**
 * A text of ours. What it is not given stays a place.
 *
 * @param {number} place
 * @param {(string | number)[]} values
 */
export const say = (place, ...values) => {
  const text = words[NAMES[place]];
  const forms = /** @type {any} */ (text);
  return (forms.other ? forms[formFor(values[0])] || forms.other : text).replace(
    /\{(\d)\}/g,
    (/** @type {string} */ all, /** @type {number} */ index) => {
      const value = values[index] ?? all;
      return typeof value == "number" ? written(value) : value;
    },
  );
};

/** Whether texts of a language run from right to left. Source: CLDR, script metadata. @param {string} tag */
const runsLeft = (tag) =>
  /^(ar|ckb|dv|fa|he|iw|ps|sd|syr|ug|ur|yi)\b(?!-(latn|cyrl))|-(arab|hebr)\b/i.test(tag);

/**
 * What is drawn says in which language it is, and runs as that does. Where the spoken one runs as most
 * do, the corner is the one in which the page's own direction has it.
 *
 * @param {ShadowRoot} root
 */
export const dress = (root) => {
  const top = /** @type {HTMLElement} */ (root.firstElementChild);
  top.lang = language;
  top.dir = runsLeft(language) ? "rtl" : "";
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (top.querySelectorAll(AUTHORS))) {
    one.dir = runsLeft(one.lang) ? "rtl" : "ltr";
  }
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (top.querySelectorAll(OURS))) {
    one.lang = language;
  }
};
