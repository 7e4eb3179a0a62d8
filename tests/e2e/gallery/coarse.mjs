/**
 * Whether two pictures are the same to someone who does not look closely: what remains to be compared where
 * another version of Chromium has drawn them, which sets each letter a little otherwise.
 */
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

/** So many pixels across become one. */
const GRAIN = 4;
/** A colour may be so far from another before it is a different one (of 1; YIQ, as eyes weigh it). */
const THRESHOLD = 0.1;
/** Such a share of them may be different. */
const SHARE = 0.02;
/** A box may be so much larger or elsewhere, pixels. */
const SHIFT = 3;

/** @typedef {import("./pictures.mjs").Taken} Taken */

/** @param {Taken} was @param {Taken} is */
export function isCoarselyAlike(was, is) {
  const { width, height } = was.picture;
  const box = (/** @type {Taken} */ { at, picture }) => [...at, picture.width, picture.height];
  const [before, after] = [box(was), box(is)];
  if (before.some((value, index) => Math.abs(value - (after[index] ?? NaN)) > SHIFT)) return false;
  const size = /** @type {const} */ ([Math.ceil(width / GRAIN), Math.ceil(height / GRAIN)]);
  const many = pixelmatch(
    coarse(was.picture, ...size).data,
    coarse(is.picture, ...size).data,
    undefined,
    ...size,
    { threshold: THRESHOLD },
  );
  return many <= size[0] * size[1] * SHARE;
}

/** With squares of pixels in place of pixels, each of their mean colour. @param {PNG} picture @param {number} width @param {number} height */
function coarse(picture, width, height) {
  const made = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 4; channel++) {
        made.data[(y * width + x) * 4 + channel] = mean(picture, x, y, channel);
      }
    }
  }
  return made;
}

/** Outside of the picture it is white. @param {PNG} picture @param {number} x @param {number} y @param {number} channel */
function mean(picture, x, y, channel) {
  let sum = 0;
  for (let row = y * GRAIN; row < (y + 1) * GRAIN; row++) {
    for (let column = x * GRAIN; column < (x + 1) * GRAIN; column++) {
      const isInside = row < picture.height && column < picture.width;
      sum += isInside ? (picture.data[(row * picture.width + column) * 4 + channel] ?? 0) : 0xff;
    }
  }
  return Math.round(sum / GRAIN ** 2);
}
