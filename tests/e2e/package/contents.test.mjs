/** The npm package as npm would publish it: what is in it, and how it is found. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { inRepository } from "../collector.mjs";

const run = promisify(execFile);
const PKG = inRepository("pkg");
const HOST = inRepository("tests/hosts/package");
const BINARY = process.env["HEADSTART_BIN"] ?? inRepository("target/server/headstart");

/** A program of the tooling. @param {string} name @param {string[]} args @param {string} [cwd] */
const tool = async (name, args, cwd = PKG) => {
  const path = fileURLToPath(new URL(`../../../node_modules/.bin/${name}`, import.meta.url));
  const { stdout, stderr } = await run(path, args, { cwd }).catch((error) => {
    throw new Error(`${name}: ${error.stdout}${error.stderr}`);
  });
  return stdout + stderr;
};

/** @param {string} path */
const json = async (path) => JSON.parse(await readFile(path, "utf8"));

describe("the npm package", () => {
  test("holds what belongs in it, and nothing else", async () => {
    const { stdout } = await run("npm", ["pack", "--dry-run", "--json"], { cwd: PKG });
    const [{ files }] = JSON.parse(stdout);
    assert.deepEqual(files.map((/** @type {{ path: string }} */ { path }) => path).sort(), [
      "LICENSE",
      "README.md",
      "command.d.ts",
      "content.d.ts",
      "content.js",
      "content.schema.json",
      "explainer.js",
      "glue.js",
      "headstart.d.ts",
      "headstart.js",
      "headstart.wasm",
      "loader.js",
      "package.json",
      "person.d.ts",
      "person.js",
      "react.d.ts",
      "react.js",
      "vue.d.ts",
      "vue.js",
    ]);
  });

  test("publint has nothing to say", async () => {
    assert.match(await tool("publint", ["--strict"]), /All good!/);
  });

  test("types are found however TypeScript looks for them", async () => {
    await tool("attw", [
      "--pack",
      ".",
      // It has ES modules only.
      "--profile=esm-only",
      // For those whose bundler does not move it; it has no types.
      "--exclude-entrypoints=headstart.wasm",
    ]);
  });

  test("every path that it exports is there", async () => {
    /** @type {Record<string, string | Record<string, string>>} */
    const { exports } = await json(join(PKG, "package.json"));
    const files = await readdir(PKG);
    for (const target of Object.values(exports)) {
      for (const path of typeof target === "string" ? [target] : Object.values(target)) {
        assert.ok(files.includes(path.replace("./", "")), path);
      }
    }
  });

  test("it has the version of the widget", async () => {
    const cargo = await readFile(inRepository("Cargo.toml"), "utf8");
    const version = /\[workspace\.package\]\nversion = "(.*)"/.exec(cargo)?.[1];
    assert.equal((await json(join(PKG, "package.json"))).version, version);
  });

  test("nothing in it names the machine that built it", async () => {
    for (const name of await readdir(PKG)) {
      const text = await readFile(join(PKG, name), "latin1");
      assert.ok(!text.includes(inRepository(".")), name);
    }
  });

  for (const resolution of ["bundler", "nodenext"]) {
    test(`calls, components and content are checked by their types (${resolution})`, async () => {
      const module = resolution === "bundler" ? "esnext" : "nodenext";
      await tool("tsc", [
        ...["--project", join(HOST, "types")],
        ...["--module", module, "--moduleResolution", resolution],
      ]);
    });
  }

  test("its schema is the collector's", async () => {
    const { stdout } = await run(BINARY, ["content", "schema"]);
    assert.deepEqual(await json(join(PKG, "content.schema.json")), JSON.parse(stdout));
  });

  test("the demo's content is of the types made from it", async () => {
    const folder = inRepository("target/hosts/package/documents");
    await mkdir(folder, { recursive: true });
    const names = await readdir(inRepository("www/content"));
    const documents = await Promise.all(
      names.map((name) => readFile(inRepository(`www/content/${name}`), "utf8")),
    );
    const lines = documents.map(
      (document, index) => `export const document${index}: ContentDocument = ${document};`,
    );
    const head = 'import type { ContentDocument } from "../../../../pkg/content.js";';
    await writeFile(join(folder, "documents.ts"), [head, ...lines].join("\n"));
    const options = ["--ignoreConfig", "--noEmit", "--strict", "--types", ""];
    await tool("tsc", [...options, "documents.ts"], folder);
  });
});
