/** What counts as the same where another Chromium has drawn it. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { PNG } from "pngjs";
import { inRepository } from "../collector.mjs";
import { isCoarselyAlike } from "./coarse.mjs";

const KEPT = "tests/e2e/gallery/kept/1280-light";

/** A panel as it was kept. @returns {Promise<import("./pictures.mjs").Taken>} */
async function panel() {
  const sheet = PNG.sync.read(await readFile(inRepository(`${KEPT}.png`)));
  const places = JSON.parse(await readFile(inRepository(`${KEPT}.json`), "utf8"));
  const { screen, sheet: from, size } = places["panel-none"];
  const picture = new PNG({ width: size[0], height: size[1] });
  PNG.bitblt(sheet, picture, ...from, ...size, 0, 0);
  return { picture, at: screen };
}

/** The same, moved within its frame. @param {import("./pictures.mjs").Taken} taken @param {number} by */
function moved({ picture, at }, by) {
  const { width, height } = picture;
  const made = new PNG({ width, height });
  made.data.fill(0xff);
  PNG.bitblt(picture, made, 0, 0, width - by, height, by, 0);
  return { picture: made, at };
}

/** The same, where what was of one colour is of another. @param {import("./pictures.mjs").Taken} taken @param {number[]} from @param {number[]} to */
function recoloured({ picture, at }, from, to) {
  const made = new PNG({ width: picture.width, height: picture.height });
  for (let pixel = 0; pixel < picture.data.length; pixel += 4) {
    const colour = picture.data.subarray(pixel, pixel + 4);
    made.data.set(from.every((value, index) => colour[index] === value) ? to : colour, pixel);
  }
  return { picture: made, at };
}

test("what was set half a pixel's width otherwise is the same", async () => {
  const taken = await panel();
  assert.ok(isCoarselyAlike(taken, taken));
  assert.ok(isCoarselyAlike(taken, moved(taken, 1)));
});

test("what is elsewhere, larger or of another colour is not", async () => {
  const taken = await panel();
  const { picture, at } = taken;
  assert.ok(!isCoarselyAlike(taken, { picture, at: [at[0] + 8, at[1]] }), "elsewhere");
  const larger = new PNG({ width: picture.width, height: picture.height + 10 });
  larger.data.fill(0xff);
  PNG.bitblt(picture, larger, 0, 0, picture.width, picture.height, 0, 0);
  assert.ok(!isCoarselyAlike(taken, { picture: larger, at }), "larger");
  const ground = [...picture.data.subarray(0, 4)];
  const darker = recoloured(taken, ground, [90, 90, 90, 255]);
  assert.ok(!isCoarselyAlike(taken, darker), "another ground");
  assert.ok(!isCoarselyAlike(taken, moved(taken, 24)), "moved within");
});
