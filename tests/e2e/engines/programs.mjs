/** Programs that a browser consists of: started together, and ended at once. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { descendants, kill } from "./processes.mjs";

/** A program that the variable names, or else this one. @param {string} variable @param {string} name */
export function program(variable, name) {
  return process.env[variable] ?? name;
}

export class Programs {
  /** @type {import("node:child_process").ChildProcess[]} */
  #children = [];
  #home;

  /** @param {string} home the folder below which they keep what they keep */
  constructor(home) {
    this.#home = home;
  }

  /**
   * @param {string} name
   * @param {string[]} flags
   * @param {{ display?: string, pipe?: boolean }} [options] `display` to show itself on; `pipe`: its
   *   third descriptor can be read
   */
  start(name, flags, { display, pipe = false } = {}) {
    /** @type {NodeJS.ProcessEnv} */
    const env = {
      ...process.env,
      LIBGL_ALWAYS_SOFTWARE: "1",
      XDG_CACHE_HOME: join(this.#home, "cache"),
      XDG_CONFIG_HOME: join(this.#home, "config"),
      XDG_DATA_HOME: join(this.#home, "data"),
      ...(display ? { DISPLAY: display } : {}),
    };
    const stdio = ["ignore", "ignore", "ignore", pipe ? "pipe" : "ignore"];
    const child = spawn(name, flags, { env, stdio: /** @type {any} */ (stdio) });
    // A test that dies takes its browsers with it.
    const reap = () => end(child);
    child.once("spawn", () => process.once("exit", reap));
    child.once("exit", () => process.off("exit", reap));
    child.once("error", (error) => {
      throw new Error(`cannot start ${name}: ${error.message}`);
    });
    this.#children.push(child);
    return child;
  }

  /** An X display of its own, since two browsers on one fight over the focus. */
  async startDisplay() {
    const flags = ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"];
    const child = this.start(program("XVFB", "Xvfb"), flags, { pipe: true });
    const pipe = /** @type {import("node:stream").Readable} */ (child.stdio[3]);
    const [number] = await once(pipe, "data");
    return `:${String(number).trim()}`;
  }

  /** Ends all of them at once, and what they have started, as an empty battery does. */
  async kill() {
    const children = this.#children.filter(({ exitCode, signalCode }) => !exitCode && !signalCode);
    this.#children = [];
    const exits = children.map((child) => once(child, "exit"));
    for (const child of children) end(child);
    await Promise.all(exits);
  }
}

/** @param {import("node:child_process").ChildProcess} child */
function end(child) {
  if (child.pid === undefined) return;
  kill([...descendants(child.pid).map(({ pid }) => pid), child.pid]);
}
