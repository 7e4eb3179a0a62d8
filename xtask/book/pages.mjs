/**
 * The pages of the book that are made, by their paths: those that say of the product what its own types
 * and its schema say. They are kept in the repository, and a test says when they are stale.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { commandLine } from "./command-line.mjs";
import { contentReference } from "./content.mjs";
import { javascriptReference } from "./javascript.mjs";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The package's types, as its build has them written. */
const packageTypes = async () => {
  // Inside of the repository, so that compilers find what they are given.
  const folder = await mkdtemp(join(ROOT, "node_modules/.book-"));
  try {
    const tsc = join(ROOT, "node_modules/.bin/tsc");
    await run(tsc, ["--project", join(ROOT, "www/package"), "--outDir", folder]);
    /** @param {string} name */
    const emitted = (name) => readFile(join(folder, `package/${name}.d.ts`), "utf8");
    const [headstart, person, react, vue] = await Promise.all(
      ["headstart", "person", "react", "vue"].map(emitted),
    );
    return { headstart, person, react, vue };
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** @param {string} path */
const text = (path) => readFile(join(ROOT, path), "utf8");

/**
 * Each made page by its path from the root.
 *
 * @param {string} binary the collector's
 * @returns {Promise<Record<string, string>>}
 */
export const madePages = async (binary) => {
  const { stdout: schema } = await run(binary, ["content", "schema"]);
  const command = await text("www/command.d.ts");
  const loading = await text("www/loading.d.ts");
  const types = /** @type {Record<"headstart" | "person" | "react" | "vue", string>} */ (
    await packageTypes()
  );
  return {
    "docs/command-line.md": await commandLine(binary),
    "docs/content-reference.md": contentReference(JSON.parse(schema)),
    "docs/javascript.md": javascriptReference({ command, loading, ...types }),
  };
};
