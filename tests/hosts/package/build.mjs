/**
 * Packs the npm package, installs it here as npm would, and builds the pages that use it, into
 * `target/hosts/package`.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const OUT = join(ROOT, "target/hosts/package");

/** @param {string} program @param {string[]} args @param {string} [cwd] */
const run = (program, args, cwd = HERE) =>
  execFileSync(program, args, {
    cwd,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });

/** Puts what npm would publish where npm would put it. */
function install() {
  const packed = join(OUT, "packed");
  const installed = join(HERE, "node_modules/headstart");
  for (const folder of [packed, installed]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  run("npm", ["pack", "--silent", "--pack-destination", packed], join(ROOT, "pkg"));
  const tarballs = readdirSync(packed).map((name) => join(packed, name));
  run("tar", ["--extract", "--strip-components=1", "--file", ...tarballs], installed);
}

install();
const vite = ["node_modules/vite/bin/vite.js", "build", "vite", "--logLevel", "warn"];
run("node", [...vite, "--emptyOutDir", "--outDir", join(OUT, "vite")]);
run("node", ["webpack/build.cjs", join(OUT, "webpack")]);
run("node", ["node_modules/next/dist/bin/next", "build", "next"]);
// Next.js writes nowhere but into the project's own folder.
rmSync(join(OUT, "next"), { recursive: true, force: true });
cpSync(join(HERE, "next/dist"), join(OUT, "next"), { recursive: true });
