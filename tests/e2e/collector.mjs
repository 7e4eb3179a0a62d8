/** The real collector, in a folder of its own, for one test file. */
import { spawn, execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The binary under test; `cargo xtask test` names the one it has just built. */
const BINARY = process.env["HEADSTART_BIN"] ?? join(ROOT, "target/server/headstart");

/**
 * @typedef {object} Collector
 * @property {string} url without a slash at its end
 * @property {string} writeKey
 * @property {string} secretKey
 * @property {string} data its folder
 * @property {(path: string, body?: unknown) => Promise<any>} admin asks the admin API; posts if there
 *   is a body
 * @property {(path: string, body: unknown) => Promise<Response>} send posts to the tracking API as a
 *   customer's server would, with the write key as Basic auth
 * @property {(...documents: unknown[]) => Promise<void>} publish pushes and publishes content
 * @property {(url: string, ...flags: string[]) => string} script the lines for a page, as the command prints them
 * @property {() => Promise<void>} stop ends it, and its folder with it
 * @property {(signal?: NodeJS.Signals) => Promise<void>} end ends the process only
 * @property {() => Promise<void>} restart starts it again on the same port and folder
 */

/**
 * @param {object} options
 * @param {string} [options.site] a folder to serve at `/`, with WRITE_KEY filled in
 * @param {Record<string, string>} [options.beside] other folders in it, by their paths there
 */
export async function startCollector({ site, beside = {} } = {}) {
  const data = await mkdtemp(join(tmpdir(), "headstart-e2e-"));
  const keys = JSON.parse(
    execFileSync(BINARY, ["keys", "--data", join(data, "store")], { encoding: "utf8" }),
  );
  const flags = ["--data", join(data, "store")];
  if (site) {
    for (const [path, folder] of Object.entries({ "": site, ...beside })) {
      await cp(folder, join(data, "site", path), { recursive: true });
    }
    const index = join(data, "site", "index.html");
    const html = await readFile(index, "utf8");
    if (!html.includes("WRITE_KEY")) throw new Error(`${index} has no WRITE_KEY to fill in`);
    await writeFile(index, html.replaceAll("WRITE_KEY", keys.write_key));
    flags.push("--site", join(data, "site"));
  }

  let running = await serve(["--listen", "127.0.0.1:0", ...flags]);
  const { url } = running;
  const basic = `Basic ${Buffer.from(`${keys.write_key}:`).toString("base64")}`;

  /** @type {Collector} */
  const collector = {
    url,
    writeKey: keys.write_key,
    secretKey: keys.secret_key,
    data,

    async admin(path, body) {
      const response = await fetch(url + path, {
        method: body === undefined ? "GET" : "POST",
        headers: {
          authorization: `Bearer ${keys.secret_key}`,
          "content-type": "application/json",
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
      return text === "" ? undefined : JSON.parse(text);
    },

    send: (path, body) =>
      fetch(url + path, {
        method: "POST",
        headers: { authorization: basic, "content-type": "application/json" },
        body: JSON.stringify(body),
      }),

    async publish(...documents) {
      await collector.admin("/api/v1/content", documents);
      await collector.admin("/api/v1/content/publish", {});
    },

    script: (address, ...flags) =>
      execFileSync(BINARY, ["script", address, ...flags, "--data", join(data, "store")], {
        encoding: "utf8",
      }).trim(),

    async end(signal = "SIGTERM") {
      if (running.child.exitCode !== null || running.child.signalCode !== null) return;
      const exit = once(running.child, "exit");
      running.child.kill(signal);
      await exit;
    },

    async restart() {
      running = await serve(["--listen", new URL(url).host, ...flags]);
    },

    async stop() {
      await collector.end();
      await rm(data, { recursive: true, force: true });
    },
  };
  return collector;
}

/** @param {string[]} flags */
async function serve(flags) {
  const child = spawn(BINARY, ["serve", "--log", "warn", ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  // A test that dies takes its collector with it.
  const reap = () => child.kill("SIGKILL");
  process.once("exit", reap);
  child.once("exit", () => process.off("exit", reap));
  const lines = createInterface({ input: child.stdout });
  const exit = once(child, "exit").then(([code]) => {
    throw new Error(`the collector ended with ${code} instead of listening`);
  });
  exit.catch(() => {});
  const listening = (async () => {
    for await (const line of lines) {
      const address = /listens on (http:\/\/\S+)/.exec(line)?.[1];
      if (address) return address;
    }
    throw new Error("the collector closed its output instead of listening");
  })();
  listening.catch(() => {});
  return { child, url: await Promise.race([listening, exit]) };
}

/** Reads a JSON document of the repository. @param {string} path from its top */
export async function document(path) {
  return JSON.parse(await readFile(join(ROOT, path), "utf8"));
}

/** A path in the repository. @param {string} path from its top */
export function inRepository(path) {
  return join(ROOT, path);
}
