/**
 * `cargo xtask bench web`: what it costs a page until a user sees something, beside driver.js, Shepherd, Intro.js
 * and posthog-js doing what is nearest to it, in one run of one browser.
 */
import { readFile, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { inRepository } from "../e2e/collector.mjs";
import { median, rotated } from "./numbers.mjs";
import { Lab } from "./web/lab.mjs";
import { place, sentence, table } from "./web/report.mjs";
import { SUBJECTS } from "./web/subjects.mjs";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "7" }, write: { type: "string" } },
});
const rounds = Number(values.rounds);
if (!(rounds >= 1)) throw new Error(`--rounds is ${values.rounds}, and must be 1 or more`);

/** @type {import("./web/report.mjs").Measured[]} */
const measured = SUBJECTS.map(({ name }) => ({ name, costs: [] }));
/** The machine's load average after each turn. @type {number[]} */
const loads = [];
const lab = await Lab.open();
try {
  for (let round = 0; round < rounds; round++) {
    for (const subject of rotated(SUBJECTS, round)) {
      const cost = await lab.measure(subject);
      loads.push(loadavg()[0] ?? 0);
      measured.find(({ name }) => name === subject.name)?.costs.push(cost);
      console.log(
        `round ${round + 1} of ${rounds}: ${subject.name}: busy ${cost.upTo(cost.visible).busy.toFixed(0)} ms, visible after ${cost.visible.toFixed(0)} ms, longest task ${cost.longest.toFixed(0)} ms`,
      );
    }
  }
  const text = [await setting(), table(measured), sentence(measured)].join("\n\n");
  console.log(`\n${text}`);
  if (values.write) {
    await writeFile(values.write, place(await readFile(values.write, "utf8"), text));
    console.log(`written to ${values.write}`);
  }
} finally {
  await lab.close();
}

/** In what, of which versions, and how much else the machine had to do. */
async function setting() {
  const versions = await Promise.all(
    ["driver.js", "shepherd.js", "intro.js", "posthog-js"].map(async (name) => {
      const text = await readFile(inRepository(`node_modules/${name}/package.json`), "utf8");
      return `${name} ${JSON.parse(text).version}`;
    }),
  );
  const [load, browser] = [median(loads).toFixed(1), lab.browser.version()];
  return `Medians of ${rounds} rounds in Chromium ${browser}, load average meanwhile ${load}, ${versions.join(", ")}.`;
}
