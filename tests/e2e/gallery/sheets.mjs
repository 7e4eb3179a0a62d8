/**
 * Contact sheets: the pictures of one condition in one file, with a list of where each is, on the sheet and
 * on the screen. And how what is seen now is compared with them.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { inRepository } from "../collector.mjs";
import { isCoarselyAlike } from "./coarse.mjs";
import { encode, paletteOf, reduce } from "./palette.mjs";

/** @typedef {import("./pictures.mjs").Taken} Taken */

const KEPT = "tests/e2e/gallery/kept";
/** Where the pictures go that tell of a difference. */
export const DIFFERENCES = "target/gallery";
const WIDTH = 1600;
const GAP = 8;
/** A colour may be so far from another before it is a different one (of 1; YIQ, as eyes weigh it). */
const THRESHOLD = 0.04;
/** So many pixels may be different. */
const FEW = 4;

/** @param {number} width @param {number} height */
const blank = (width, height) => {
  const made = new PNG({ width, height });
  made.data.fill(0xff);
  return made;
};

/** @param {PNG} from @param {PNG} to @param {number} x @param {number} y */
const paste = (from, to, x, y) => PNG.bitblt(from, to, 0, 0, from.width, from.height, x, y);

/**
 * Where a picture is: on the screen, and on which sheet, which may be that of another condition under which
 * it is the same.
 *
 * @typedef {object} Place
 * @property {[number, number]} screen
 * @property {[number, number]} sheet
 * @property {[number, number]} size
 * @property {string} [of]
 */

/** @typedef {Record<string, Place | null>} Places by state */

/**
 * Puts pictures on a sheet, in their order, from the left and in rows, but for those that are on another one.
 *
 * @param {string} condition
 * @param {Map<string, Taken | null>} pictures
 * @param {Map<string, Place>} known what is on the sheets so far, by what it is
 */
function lay(condition, pictures, known) {
  /** @type {Places} */
  const places = {};
  /** @type {[PNG, [number, number]][]} */
  const laid = [];
  let [x, y, row] = [0, 0, 0];
  for (const [name, taken] of pictures) {
    places[name] = null;
    if (!taken) continue;
    const { width, height, data } = taken.picture;
    const what = `${width} ${createHash("sha256").update(data).digest("hex")}`;
    const same = known.get(what);
    if (same) {
      const of = same.of === condition ? {} : { of: same.of };
      places[name] = { screen: taken.at, sheet: same.sheet, size: same.size, ...of };
      continue;
    }
    if (x + width > WIDTH) [x, y, row] = [0, y + row + GAP, 0];
    /** @type {Place} */
    const place = { screen: taken.at, sheet: [x, y], size: [width, height] };
    places[name] = place;
    known.set(what, { ...place, of: condition });
    laid.push([taken.picture, place.sheet]);
    x += width + GAP;
    row = Math.max(row, height);
  }
  const sheet = blank(WIDTH, Math.max(1, y + row));
  for (const [picture, at] of laid) paste(picture, sheet, ...at);
  return { sheet, places };
}

/** @param {string} condition */
const path = (condition) => inRepository(`${KEPT}/${condition}`);

/** Says what has drawn the pictures that are kept. */
const DRAWN_BY = `${KEPT}/drawn-by.json`;

/**
 * Keeps the pictures of all conditions.
 *
 * @param {Map<string, Map<string, Taken | null>>} all
 * @param {string} drawnBy the browser, with its version
 */
export async function keep(all, drawnBy) {
  await rm(inRepository(KEPT), { recursive: true, force: true });
  await mkdir(inRepository(KEPT), { recursive: true });
  await writeFile(inRepository(DRAWN_BY), `${JSON.stringify({ drawnBy })}\n`);
  /** @type {Map<string, Place>} */
  const known = new Map();
  for (const [condition, pictures] of all) {
    const { sheet, places } = lay(condition, pictures, known);
    await writeFile(`${path(condition)}.png`, encode(sheet, paletteOf(sheet)));
    const lines = Object.entries(places).map(
      ([name, place]) => `  ${JSON.stringify(name)}: ${JSON.stringify(place)}`,
    );
    await writeFile(`${path(condition)}.json`, `{\n${lines.join(",\n")}\n}\n`);
  }
}

/** @param {string} condition */
async function readSheet(condition) {
  const sheet = PNG.sync.read(await readFile(`${path(condition)}.png`));
  return { sheet, palette: paletteOf(sheet) };
}

/**
 * How a picture differs from the one that was kept, in words and as a picture of both; nothing where it does
 * not.
 *
 * @param {Taken | null | undefined} was
 * @param {Taken | null} is
 * @returns {{ what: string, picture?: PNG } | undefined}
 */
export function difference(was, is) {
  if (!was && !is) return undefined;
  if (!was) return { what: "was not there" };
  if (!is) return { what: "is not there any more" };
  const [old, now] = [was.picture, is.picture];
  const width = Math.max(old.width, now.width);
  const height = Math.max(old.height, now.height);
  const [before, after, between] = [
    blank(width, height),
    blank(width, height),
    blank(width, height),
  ];
  paste(old, before, 0, 0);
  paste(now, after, 0, 0);
  const many = pixelmatch(before.data, after.data, between.data, width, height, {
    threshold: THRESHOLD,
    includeAA: true,
  });
  const moved =
    was.at.join() === is.at.join() ? "" : `, at ${is.at.join()} and not ${was.at.join()}`;
  const size =
    old.width === now.width && old.height === now.height
      ? ""
      : `, ${now.width}×${now.height} and not ${old.width}×${old.height}`;
  if (many <= FEW && !moved && !size) return undefined;
  const picture = blank(width * 3 + GAP * 2, height);
  [before, after, between].forEach((one, place) => paste(one, picture, place * (width + GAP), 0));
  return { what: `${many} pixels differ${size}${moved}`, picture };
}

/**
 * What differs from what was kept, each with where the pictures of both and of the difference are. Pixel by pixel where
 * the same browser has drawn both; another one may set letters otherwise.
 *
 * @param {Map<string, Map<string, Taken | null>>} all
 * @param {string} drawnBy the browser, with its version
 */
export async function differences(all, drawnBy) {
  const kept = JSON.parse(await readFile(inRepository(DRAWN_BY), "utf8"));
  const isSameBrowser = kept.drawnBy === drawnBy;
  await rm(inRepository(DIFFERENCES), { recursive: true, force: true });
  await mkdir(inRepository(DIFFERENCES), { recursive: true });
  /** @type {Map<string, Awaited<ReturnType<typeof readSheet>>>} */
  const sheets = new Map();
  const found = [];
  for (const [condition, pictures] of all) {
    sheets.set(condition, await readSheet(condition));
    /** @type {Places} */
    const places = JSON.parse(await readFile(`${path(condition)}.json`, "utf8"));
    for (const name of new Set([...Object.keys(places), ...pictures.keys()])) {
      const place = places[name];
      const { sheet, palette } = sheets.get(place?.of ?? condition) ?? (await readSheet(condition));
      const taken = pictures.get(name) ?? null;
      if (taken) reduce(taken.picture, palette);
      const picture = place ? blank(...place.size) : undefined;
      if (place && picture) PNG.bitblt(sheet, picture, ...place.sheet, ...place.size, 0, 0);
      const was = place && picture ? { picture, at: place.screen } : null;
      const differs = difference(was, taken);
      if (!differs) continue;
      if (!isSameBrowser && was && taken && isCoarselyAlike(was, taken)) continue;
      let where = "";
      if (differs.picture) {
        const file = `${DIFFERENCES}/${condition}-${name}.png`;
        await writeFile(inRepository(file), PNG.sync.write(differs.picture));
        where = `; before, now and between: ${file}`;
      }
      found.push(`${condition}, ${name}: ${differs.what}${where}`);
    }
  }
  return found;
}
