/** Every state of the gallery, looked through for what shuts people out. */
import assert from "node:assert/strict";
import { inRepository } from "../../collector.mjs";
import { STATES, startGallery } from "../../gallery.mjs";

/** So many frames at a time; they wait more than they work. */
const AT_A_TIME = 6;
/** Frames must be within the window: what is not in sight is not tended to by a tip. */
const WINDOW = { x: 0, y: 0, width: 1100, height: 800 };

const SCREEN = { width: 960, height: 600 };
/** 1280 by 1024 pixels at 400 %. Source: https://www.w3.org/TR/WCAG22/#reflow */
const ZOOMED = { width: 320, height: 256 };
const LIGHT = { language: "en", scheme: "light" };
const DARK = { language: "ar", scheme: "dark" };

/**
 * What is looked for, `not` in an engine where that cannot be.
 *
 * @type {{ name: string, look: import("../../../hosts/access/findings.js").Look, not?: string }[]}
 */
export const LOOKS = [
  {
    name: "axe finds nothing wrong in any state, no target is too small, and nothing moves for long, in light English",
    look: { ...SCREEN, ...LIGHT, checks: ["axe", "targets"] },
  },
  {
    name: "at 400 % nothing scrolls sideways, nothing is out of reach, and axe finds nothing wrong, in dark Arabic",
    look: { ...ZOOMED, ...DARK, checks: ["axe", "targets", "reflow"] },
  },
  {
    name: "with the spacing of text that users may set nothing is cut off",
    look: { ...SCREEN, ...LIGHT, checks: ["spacing"] },
    // It lays out cards anew without end when all of their text changes at once.
    not: "webkit",
  },
];

/** @param {import("../../engines.mjs").Browser} browser @param {import("../../../hosts/access/findings.js").Look} look */
export async function lookThroughGallery(browser, look) {
  const collector = await startGallery({
    access: inRepository("tests/hosts/access"),
    "access/axe": inRepository("node_modules/axe-core"),
  });
  try {
    await browser.session.post("/window/rect", WINDOW);
    const tab = await browser.open(`${collector.url}/access/frames.html`);
    const found = [];
    for (let first = 0; first < STATES.length; first += AT_A_TIME) {
      const names = STATES.slice(first, first + AT_A_TIME).map((state) => state.name);
      found.push(...(await tab.run((names, look) => window.inspect(names, look), names, look)));
    }
    await tab.close();
    assert.deepEqual(found, []);
  } finally {
    await collector.stop();
  }
}
