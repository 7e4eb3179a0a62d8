/** Samples in JavaScript and TypeScript, checked by the package's types. */
import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { inRepository } from "../e2e/collector.mjs";

const run = promisify(execFile);
/** Below the repository, whose packages have the types of React, Vue and Node.js. */
const FOLDER = inRepository("target/book/samples");

/** @typedef {Pick<import("./markdown.mjs").Sample, "language" | "text" | "at">} Source */

const OPTIONS = {
  compilerOptions: {
    noEmit: true,
    allowJs: true,
    checkJs: true,
    strict: true,
    // Samples in JavaScript have no types of their own.
    noImplicitAny: false,
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    // Each is a module, so that none sees another's names.
    moduleDetection: "force",
    jsx: "react-jsx",
    lib: ["es2023", "dom"],
    types: ["node"],
    skipLibCheck: true,
    paths: {
      headstart: ["../../../pkg/headstart.d.ts"],
      "headstart/*": ["../../../pkg/*.d.ts"],
    },
  },
  files: ["../../../pkg/command.d.ts", "../../../tests/book/samples.d.ts"],
  include: ["*"],
};

/** What the compiler has to say, by the places where they are. @param {Source[]} sources */
export async function compile(sources) {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, "tsconfig.json"), JSON.stringify(OPTIONS));
  const names = sources.map(({ language }, index) => `sample${index}.${language}`);
  await Promise.all(
    sources.map(({ text }, index) => writeFile(join(FOLDER, names[index] ?? ""), text)),
  );
  const tsc = inRepository("node_modules/.bin/tsc");
  /** @type {{ stdout: string }} */
  const { stdout } = await run(tsc, ["--project", FOLDER, "--pretty", "false"]).catch(
    (error) => error,
  );
  const lines = stdout.split("\n").filter((line) => /error TS/.test(line));
  return lines.map((line) => {
    const index = names.findIndex((name) => line.includes(`${name}(`));
    return index < 0 ? line : `${sources[index]?.at}: ${line}`;
  });
}
