/**
 * Contact sheets: the pictures of one condition in one file, with a list of where each is, on the sheet and
 * on the screen. And what is compared of them.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { inRepository } from "../collector.mjs";
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
 * Puts pictures on a sheet, in their order, from the left and in rows.
 *
 * @param {Map<string, Taken | null>} pictures
 */
function lay(pictures) {
  /** @type {Record<string, { screen: [number, number], sheet: [number, number], size: [number, number] } | null>} */
  const places = {};
  let [x, y, row] = [0, 0, 0];
  for (const [name, taken] of pictures) {
    places[name] = null;
    if (!taken) continue;
    const { width, height } = taken.picture;
    if (x + width > WIDTH) [x, y, row] = [0, y + row + GAP, 0];
    places[name] = { screen: taken.at, sheet: [x, y], size: [width, height] };
    x += width + GAP;
    row = Math.max(row, height);
  }
  const sheet = blank(WIDTH, Math.max(1, y + row));
  for (const [name, taken] of pictures) {
    const place = places[name];
    if (taken && place) paste(taken.picture, sheet, ...place.sheet);
  }
  return { sheet, places };
}

/** Keeps the pictures of a condition. @param {string} condition @param {Map<string, Taken | null>} pictures */
export async function keep(condition, pictures) {
  const { sheet, places } = lay(pictures);
  const path = inRepository(`${KEPT}/${condition}`);
  await mkdir(inRepository(KEPT), { recursive: true });
  await writeFile(`${path}.png`, encode(sheet, paletteOf(sheet)));
  const lines = Object.entries(places).map(
    ([name, place]) => `  ${JSON.stringify(name)}: ${JSON.stringify(place)}`,
  );
  await writeFile(`${path}.json`, `{\n${lines.join(",\n")}\n}\n`);
}

/** The pictures that were kept of a condition, and in which colours. @param {string} condition */
async function kept(condition) {
  const path = inRepository(`${KEPT}/${condition}`);
  const sheet = PNG.sync.read(await readFile(`${path}.png`));
  /** @type {ReturnType<typeof lay>["places"]} */
  const places = JSON.parse(await readFile(`${path}.json`, "utf8"));
  /** @type {Map<string, Taken | null>} */
  const pictures = new Map();
  for (const [name, place] of Object.entries(places)) {
    const picture = place && blank(...place.size);
    if (picture) PNG.bitblt(sheet, picture, ...place.sheet, ...place.size, 0, 0);
    pictures.set(name, picture && { picture, at: place.screen });
  }
  return { pictures, palette: paletteOf(sheet) };
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
 * What differs from what was kept of a condition, each with where the pictures of both and of the difference
 * are.
 *
 * @param {string} condition
 * @param {Map<string, Taken | null>} pictures
 */
export async function differences(condition, pictures) {
  const { pictures: before, palette } = await kept(condition);
  const found = [];
  for (const name of before.keys()) {
    if (!pictures.has(name)) found.push(`${condition}, ${name}: there is no such state any more`);
  }
  for (const [name, taken] of pictures) {
    if (taken) reduce(taken.picture, palette);
    const differs = difference(before.get(name), taken);
    if (!differs) continue;
    let where = "";
    if (differs.picture) {
      where = `${DIFFERENCES}/${condition}-${name}.png`;
      await mkdir(inRepository(DIFFERENCES), { recursive: true });
      await writeFile(inRepository(where), PNG.sync.write(differs.picture));
      where = `; before, now and between: ${where}`;
    }
    found.push(`${condition}, ${name}: ${differs.what}${where}`);
  }
  return found;
}
