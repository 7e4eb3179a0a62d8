/** Puts the npm package where npm would put it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PKG = fileURLToPath(new URL("../../pkg", import.meta.url));

/**
 * Packs what npm would publish, and unpacks it in the packages of a folder.
 *
 * @param {string} folder
 */
export function installPackage(folder) {
  const packed = mkdtempSync(join(tmpdir(), "headstart-pack-"));
  const installed = join(folder, "node_modules/headstart");
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  /** @param {string} program @param {string[]} args */
  const run = (program, args) =>
    execFileSync(program, args, { cwd: PKG, stdio: ["ignore", "ignore", "inherit"] });
  run("npm", ["pack", "--silent", "--pack-destination", packed]);
  const tarballs = readdirSync(packed).map((name) => join(packed, name));
  run("tar", [
    "--extract",
    "--strip-components=1",
    "--directory",
    installed,
    "--file",
    ...tarballs,
  ]);
  rmSync(packed, { recursive: true });
}
