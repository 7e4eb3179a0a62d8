/**
 * Installs the npm package in the examples as npm would, and checks and builds each of them as its README
 * says.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPackage } from "../../support/install.mjs";

const EXAMPLES = fileURLToPath(new URL("../../../examples/", import.meta.url));

installPackage(EXAMPLES);
const { workspaces } = JSON.parse(readFileSync(join(EXAMPLES, "package.json"), "utf8"));
for (const script of ["check", "build"]) {
  for (const workspace of workspaces) {
    execFileSync("npm", ["run", script, "--silent", "--if-present", "--workspace", workspace], {
      cwd: EXAMPLES,
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NG_CLI_ANALYTICS: "false" },
    });
  }
}
