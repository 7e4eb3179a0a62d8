/** All scenarios. */
import { ANSWERS } from "./answers.mjs";
import { BOUNDS } from "./bounds.mjs";
import { LEAVING } from "./leaving.mjs";
import { LOADING } from "./loading.mjs";
import { RESTLESS } from "./restless.mjs";
import { SESSIONS } from "./sessions.mjs";
import { STORAGE } from "./storage.mjs";
import { SURVIVAL } from "./survival.mjs";
import { TABS } from "./tabs.mjs";

/** So many browsers of one engine run at a time; they wait more than they work. */
export const AT_A_TIME = 2;

/** @type {import("./scenario.mjs").Scenario[]} */
const ALL = [
  // The longest come first, so that none is left waiting for at the end.
  ...SESSIONS,
  ...ANSWERS,
  ...RESTLESS,
  ...SURVIVAL,
  ...TABS,
  ...LEAVING,
  ...STORAGE,
  ...BOUNDS,
  ...LOADING,
];

/** Those that an engine has what they are about for. @param {import("../engines.mjs").EngineName} engine */
export function scenariosOf(engine) {
  return ALL.filter(({ lacks }) => !lacks?.[engine]);
}
