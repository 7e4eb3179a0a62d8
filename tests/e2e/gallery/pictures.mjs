/** Pictures of the gallery's states: what the widget shows, cut out of the screen, under each condition. */
import { PNG } from "pngjs";
import { STATES, openState } from "../gallery.mjs";
import { openPage } from "../browser.mjs";

/** @typedef {import("../browser.mjs").Browser} Browser */
/** @typedef {import("../browser.mjs").Page} Page */

/**
 * What a picture is taken under.
 *
 * @typedef {object} Condition
 * @property {string} name
 * @property {[number, number]} screen its width and height
 * @property {string} [language] without it, English
 * @property {object} [media]
 * @property {number} [zoom] the screen is so many times as large, and so is everything
 */

/** A picture, and where on the screen it was. @typedef {{ picture: PNG, at: [number, number] }} Taken */

/** @type {Record<string, [number, number]>} */
const SCREENS = { 1280: [1280, 720], 768: [768, 720], 360: [360, 640] };

/** Those of one language follow each other: a state is opened once for all of them. @type {Condition[]} */
export const CONDITIONS = [
  ...Object.entries(SCREENS).flatMap(([name, screen]) => [
    { name: `${name}-light`, screen },
    { name: `${name}-dark`, screen, media: { colorScheme: "dark" } },
  ]),
  { name: "forced-colours", screen: SCREENS[1280] ?? [0, 0], media: { forcedColors: "active" } },
  { name: "high-contrast", screen: SCREENS[1280] ?? [0, 0], media: { contrast: "more" } },
  { name: "zoom-200", screen: [640, 360], zoom: 2 },
  ...Object.entries(SCREENS).map(([name, screen]) => ({
    name: `${name}-rtl`,
    screen,
    language: "ar",
  })),
];

/** What is behind the widget is as it is wherever that stands. */
const BARE = ".rows{visibility:hidden}";
/** Room around what is cut out, for shadows and what is pointed at. */
const MARGIN = 24;
/** Fonts are drawn alike wherever the tests run. */
export const FLAGS = [
  "--font-render-hinting=none",
  "--disable-lcd-text",
  "--disable-font-subpixel-positioning",
  "--force-color-profile=srgb",
];

/** The part of the screen in which the widget is, if it is anywhere. @param {number} margin */
function part(margin) {
  const found = [...document.querySelectorAll("[data-headstart]")]
    .flatMap((host) => [
      ...(host.shadowRoot?.querySelectorAll(".launcher,.panel,.card,.beacon,.mark,.menu") ?? []),
    ])
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => one.getBoundingClientRect());
  if (found.length === 0) return null;
  const { clientWidth, clientHeight } = document.documentElement;
  const x = Math.max(0, Math.floor(Math.min(...found.map(({ left }) => left)) - margin));
  const y = Math.max(0, Math.floor(Math.min(...found.map(({ top }) => top)) - margin));
  const right = Math.ceil(Math.max(...found.map(({ right: edge }) => edge)) + margin);
  const bottom = Math.ceil(Math.max(...found.map(({ bottom: edge }) => edge)) + margin);
  return {
    x,
    y,
    width: Math.min(clientWidth, right) - x,
    height: Math.min(clientHeight, bottom) - y,
  };
}

/** Until what the new screen asks for is drawn. */
const drawn = () =>
  new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20))),
  );

/**
 * Takes the picture of a state that is open. `null` where there is nothing to be seen.
 *
 * @param {Page} page
 * @param {import("playwright-core").CDPSession} session
 * @param {Condition} condition
 * @returns {Promise<Taken | null>}
 */
async function take(page, session, { screen: [width, height], media, zoom = 1 }) {
  await session.send("Emulation.setDeviceMetricsOverride", {
    width,
    height,
    deviceScaleFactor: zoom,
    mobile: false,
  });
  await page.emulateMedia({
    reducedMotion: "reduce",
    colorScheme: "light",
    forcedColors: "none",
    contrast: "no-preference",
    ...media,
  });
  await page.evaluate(drawn);
  const clip = await page.evaluate(part, MARGIN);
  if (!clip) return null;
  const { data } = await session.send("Page.captureScreenshot", {
    clip: { ...clip, scale: 1 / zoom },
    optimizeForSpeed: true,
  });
  return { picture: PNG.sync.read(Buffer.from(data, "base64")), at: [clip.x, clip.y] };
}

/**
 * Takes all pictures: of each condition, those of all states by their names.
 *
 * @param {Browser} browser
 * @param {string} url the collector's
 * @returns {Promise<Map<string, Map<string, Taken | null>>>}
 */
export async function takeAll(browser, url) {
  /** @type {Map<string, Map<string, Taken | null>>} */
  const all = new Map(
    CONDITIONS.map(({ name }) => [name, new Map(STATES.map((s) => [s.name, null]))]),
  );
  const waiting = [...STATES];
  const worker = async () => {
    const page = await openPage(browser, { reducedMotion: "reduce" });
    const session = await page.context().newCDPSession(page);
    for (let state; (state = waiting.shift());) {
      for (const language of ["en", "ar"]) {
        const here = CONDITIONS.filter((one) => (one.language ?? "en") === language);
        await openState(page, url, state.name, { language, theme: "host" });
        await page.addStyleTag({ content: BARE });
        for (const condition of here) {
          all.get(condition.name)?.set(state.name, await take(page, session, condition));
        }
      }
    }
    await page.context().close();
  };
  await Promise.all([worker(), worker()]);
  return all;
}
