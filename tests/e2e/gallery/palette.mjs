/**
 * Pictures with a palette: a fifth of the size. The colours that are there most often are kept as they are, all
 * others as the nearest of them.
 */
import { crc32, deflateSync } from "node:zlib";

/** @typedef {import("pngjs").PNG} PNG */

const MOST = 256;
/** Colours this far from each other are told apart at a glance (squared, in red, green and blue). */
const APART = 1200;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** @param {Buffer} data @param {number} at */
const colour = (data, at) =>
  ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);

/** @param {number} a @param {number} b */
function distance(a, b) {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 0xff) - ((b >> 8) & 0xff);
  const blue = (a & 0xff) - (b & 0xff);
  return red * red + green * green + blue * blue;
}

/** The colours of a picture that are there most often, in order. @param {PNG} picture */
export function paletteOf({ data }) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const one = colour(data, at);
    counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  const byCount = [...counts].sort(([a, many], [b, more]) => more - many || a - b);
  // First those that are like no other, then whatever there is room for.
  /** @type {Set<number>} */
  const chosen = new Set();
  for (const apart of [APART, 0]) {
    for (const [one] of byCount) {
      if (chosen.size >= MOST) break;
      if (apart === 0 || [...chosen].every((other) => distance(one, other) >= apart)) {
        chosen.add(one);
      }
    }
  }
  return [...chosen].sort((a, b) => a - b);
}

/** Which of the palette's colours each is nearest to. @param {number[]} palette */
export function nearest(palette) {
  const places = new Map(palette.map((one, place) => [one, place]));
  /** @param {number} wanted */
  return (wanted) => {
    const known = places.get(wanted);
    if (known !== undefined) return known;
    let best = 0;
    for (let place = 1; place < palette.length; place += 1) {
      const far = distance(palette[best] ?? 0, wanted);
      if (distance(palette[place] ?? 0, wanted) < far) best = place;
    }
    places.set(wanted, best);
    return best;
  };
}

/** Draws a picture in a palette's colours. @param {PNG} picture @param {number[]} palette */
export function reduce({ data }, palette) {
  const place = nearest(palette);
  for (let at = 0; at < data.length; at += 4) {
    const one = palette[place(colour(data, at))] ?? 0;
    data[at] = one >> 16;
    data[at + 1] = (one >> 8) & 0xff;
    data[at + 2] = one & 0xff;
  }
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A picture as a file. Source: PNG specification, third edition. @param {PNG} picture @param {number[]} palette */
export function encode({ width, height, data }, palette) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits for each pixel, which are a place in the palette.
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((one) => [one >> 16, (one >> 8) & 0xff, one & 0xff]));
  const place = nearest(palette);
  // Each row begins with its filter, of which there is none.
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows[y * (width + 1) + 1 + x] = place(colour(data, (y * width + x) * 4));
    }
  }
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
