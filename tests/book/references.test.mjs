/** The pages of the book that are made of what they tell about. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { contentReference } from "../../xtask/book/content.mjs";
import { madePages } from "../../xtask/book/pages.mjs";
import { inRepository } from "../e2e/collector.mjs";

const BINARY = process.env["HEADSTART_BIN"] ?? inRepository("target/server/headstart");

const schema = JSON.parse(execFileSync(BINARY, ["content", "schema"], { encoding: "utf8" }));
const made = await madePages(BINARY);

test("the references are those of this schema and these types", async () => {
  for (const [path, page] of Object.entries(made)) {
    const kept = await readFile(inRepository(path), "utf8");
    assert.ok(kept === page, `${path} is stale: write it again with \`cargo xtask book\``);
  }
});

test("a field that is new to the schema is in the reference", () => {
  const properties = { ...schema.properties, colour: { type: "string", description: "Which." } };
  assert.match(contentReference({ ...schema, properties }), /\| `colour` \| text \| Which\. \|/);
});

test("every command and every field of a document is told of", async () => {
  const types = await readFile(inRepository("www/command.d.ts"), "utf8");
  const [, commands = ""] = /interface Commands \{([\s\S]*?)\n\}/.exec(types) ?? [];
  const names = [...commands.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
  assert.ok(names.length > 10);
  for (const name of names)
    assert.match(made["docs/javascript.md"] ?? "", new RegExp(`^### ${name}$`, "m"));
  for (const name of Object.keys(schema.properties)) {
    assert.ok(made["docs/content-reference.md"]?.includes(`| \`${name}\` |`), name);
  }
  for (const command of ["serve", "content rollback", "identity secret add", "erase"]) {
    assert.match(made["docs/command-line.md"] ?? "", new RegExp(`^## headstart ${command}$`, "m"));
  }
});
