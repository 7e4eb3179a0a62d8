/** Samples in JSON: what each of them is, and what takes it. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { inRepository } from "../e2e/collector.mjs";

const run = promisify(execFile);
const BINARY = process.env["HEADSTART_BIN"] ?? inRepository("target/server/headstart");

/** Parts of a document are shown alone; this is what they are parts of. */
const AROUND = { id: "sample", kind: "tip", title: "Sample", target: "#sample" };
/** Fields of the settings that are shown alone. */
const OF_SETTINGS = ["theme", "limits", "debug", "always_load"];

/**
 * What a sample is: a document, or settings.
 *
 * @param {string} text
 * @returns {{ document: any } | { settings: any }}
 */
export function understand(text) {
  const whole = /^\s*[[{]/.test(text) ? text : `{${text}}`;
  const json = JSON.parse(whole);
  if (Array.isArray(json)) return { document: { ...AROUND, target: json } };
  if ("kind" in json) return { document: json };
  const names = Object.keys(json);
  if (names.every((name) => OF_SETTINGS.includes(name))) return { settings: json };
  return { document: { ...AROUND, ...json } };
}

/** What `headstart content validate` says. @param {any} document */
export async function validate(document) {
  const folder = await mkdtemp(join(tmpdir(), "headstart-sample-"));
  try {
    const file = join(folder, "sample.json");
    await writeFile(file, JSON.stringify(document));
    await run(BINARY, ["content", "validate", file]);
    return "";
  } catch (error) {
    return String(/** @type {any} */ (error).stderr);
  } finally {
    await rm(folder, { recursive: true });
  }
}
