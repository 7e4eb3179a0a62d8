/** What the collector has on disk, read beside it while it runs. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** SQLite's own command line: it sees what is committed, whoever else has the file open. */
const SQLITE = process.env["SQLITE3"] ?? "sqlite3";

/**
 * @param {Pick<import("./collector.mjs").Collector, "data">} collector
 * @param {string} sql
 * @returns {Promise<Record<string, any>[]>}
 */
export async function rows(collector, sql) {
  const { stdout } = await run(
    SQLITE,
    [
      "-readonly",
      "-json",
      "-cmd",
      ".timeout 5000",
      join(collector.data, "store/headstart.db"),
      sql,
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return stdout.trim() === "" ? [] : JSON.parse(stdout);
}
