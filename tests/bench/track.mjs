/**
 * `cargo xtask bench track`: what reporting events costs, beside posthog-js and analytics-next, in
 * one run of one browser.
 */
import { readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { inRepository } from "../e2e/collector.mjs";
import { Lab } from "./lab.mjs";
import { measureMainThread } from "./main-thread.mjs";
import { median, rotated } from "./numbers.mjs";
import { place, report } from "./report.mjs";
import { measureStorage } from "./storage.mjs";
import { SUBJECTS } from "./subjects.mjs";
import { measureTraffic } from "./traffic.mjs";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, write: { type: "string" } },
});
const rounds = Number(values.rounds);
if (!(rounds >= 1)) throw new Error(`--rounds is ${values.rounds}, and must be 1 or more`);

/** @type {Map<string, import("./report.mjs").Measured>} */
const measured = new Map();
/** The machine's load average after each turn. @type {number[]} */
const loads = [];
const lab = await Lab.open();
try {
  for (const subject of SUBJECTS) {
    tell("counting", subject.name);
    measured.set(subject.name, await count(subject));
  }
  for (let round = 0; round < rounds; round++) {
    for (const subject of rotated(SUBJECTS, round)) {
      tell(`round ${round + 1} of ${rounds}`, subject.name);
      const stand = await lab.stand(subject);
      const cost = await measureMainThread(stand);
      await stand.close();
      loads.push(loadavg()[0] ?? 0);
      console.log(
        `  ${median(cost.calls).toFixed(2)} ms, in all ${cost.streamInAll.toFixed(2)} ms`,
      );
      measured.get(subject.name)?.costs.push(cost);
    }
  }
  const tables = report([...measured.values()], await setting());
  console.log(`\n${tables}`);
  if (values.write) await write(values.write, tables);
} finally {
  await lab.close();
}

/**
 * What needs no repetition: the same comes out each time.
 *
 * @param {import("./subjects.mjs").Subject} subject
 */
async function count(subject) {
  const sender = await lab.stand(subject);
  const traffic = [];
  for (const events of [1, 10, 100]) traffic.push(await measureTraffic(sender, events));
  await sender.close();
  const writer = await lab.stand(subject, { storage: true });
  const storage = await measureStorage(writer);
  await writer.close();
  return { name: subject.name, costs: [], traffic, storage };
}

/** On what, of which versions, and how much else the machine had to do. */
async function setting() {
  const version = async (/** @type {string} */ name) => {
    const text = await readFile(inRepository(`node_modules/${name}/package.json`), "utf8");
    return `${name} ${JSON.parse(text).version}`;
  };
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `${cpus().length} × ${processor?.model.trim() || "unknown processor"}`,
    `${memory} GiB of memory`,
    `load average meanwhile ${median(loads).toFixed(1)}`,
    `Chromium ${lab.browser.version()}`,
    await version("posthog-js"),
    await version("@segment/analytics-next"),
  ].join(", ");
}

/**
 * @param {string} path
 * @param {string} tables
 */
async function write(path, tables) {
  const document = await readFile(path, "utf8").catch((error) => {
    if (error.code === "ENOENT") return "# Performance\n";
    throw error;
  });
  await writeFile(path, place(document, tables));
  console.log(`written to ${path}`);
}

/**
 * @param {string} what
 * @param {string} name
 */
function tell(what, name) {
  console.log(`${what}: ${name}`);
}
