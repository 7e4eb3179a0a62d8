/** The processes of a browser, as Linux has them under `/proc`: whom to kill, and who is left. */
import { readFileSync, readdirSync } from "node:fs";

/** @typedef {{ pid: number, parent: number, command: string }} Process */

/** @param {number} root @returns {Process[]} those that it started, and those that they did */
export function descendants(root) {
  const all = processes();
  /** @type {Process[]} */
  const found = [];
  const below = [root];
  for (let pid = below.pop(); pid !== undefined; pid = below.pop()) {
    for (const one of all) {
      if (one.parent === pid) {
        found.push(one);
        below.push(one.pid);
      }
    }
  }
  return found;
}

/** Ends processes at once, as a crash or an empty battery does. @param {number[]} pids */
export function kill(pids) {
  for (const pid of pids) {
    // Zero and below mean whole groups of processes.
    if (!(pid > 1)) continue;
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

/** @returns {Process[]} */
function processes() {
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid)) return [];
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The second field is the program's name in parentheses, which may hold anything.
      const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (state === "Z") return [];
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      return [{ pid, parent: Number(parent), command }];
    } catch {
      // It ended while we looked.
      return [];
    }
  });
}
