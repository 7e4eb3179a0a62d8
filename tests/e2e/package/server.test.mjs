/** The npm package where there is no window. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { before, describe, test } from "node:test";
import { promisify } from "node:util";
import { inRepository } from "../collector.mjs";

describe("the npm package on a server", () => {
  /** What `tests/hosts/package/server.mjs` found. @type {Record<string, any>} */
  let found;

  before(async () => {
    const script = inRepository("tests/hosts/package/server.mjs");
    const { stdout } = await promisify(execFile)(process.execPath, [script]);
    found = JSON.parse(stdout);
  });

  test("every command that the widget has is a function of it", async () => {
    assert.deepEqual(found["exports"], [
      "complete",
      "consent",
      "debug",
      "destroy",
      "dismiss",
      "explain",
      "group",
      "headstart",
      "identify",
      "init",
      "language",
      "on",
      "page",
      "reset",
      "show",
      "tips",
      "track",
    ]);
  });

  test("calls do nothing there", () => {
    assert.deepEqual(found["answered"], []);
    assert.deepEqual(found["globals"], []);
  });

  test("React draws what is in the provider, and no more", () => {
    assert.equal(found["react"], "<p>Drawn</p>");
  });

  test("Vue draws an application that has the plugin", () => {
    assert.equal(found["vue"], "<p>Drawn</p>");
  });
});
