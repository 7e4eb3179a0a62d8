/**
 * Packs the npm package, installs it here as npm would, and builds the pages that use it, into
 * `target/hosts/package`.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPackage } from "../../support/install.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const OUT = join(ROOT, "target/hosts/package");

/** @param {string} program @param {string[]} args */
const run = (program, args) =>
  execFileSync(program, args, { cwd: HERE, stdio: ["ignore", "ignore", "inherit"] });

installPackage(HERE);
const vite = ["node_modules/vite/bin/vite.js", "build", "vite", "--logLevel", "warn"];
run("node", [...vite, "--emptyOutDir", "--outDir", join(OUT, "vite")]);
run("node", ["webpack/build.cjs", join(OUT, "webpack")]);
