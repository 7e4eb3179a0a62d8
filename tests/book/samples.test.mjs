/** The samples in the documents: each is held to what reads such a thing in earnest. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { spawnSync } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import * as prettier from "prettier";
import { inRepository, startCollector } from "../e2e/collector.mjs";
import { compile } from "./compile.mjs";
import { readSources, unsaid } from "./console.mjs";
import { understand, validate } from "./content.mjs";
import { readDocuments } from "./markdown.mjs";

/** What a block says behind its fence, and so what checks it. */
const CHECKED = new Set([
  ...["json", "html", "js", "ts", "jsx", "tsx", "console", "http", "rust", "python"],
  // By crates/server/src/cli/documented.rs, which has the parsers of command lines.
  "sh",
  // Drawings, and what programs print.
  "",
]);

/** Nothing goes wrong at one that is right. */
const GOOD = `import { on } from "headstart";\non("completed", ({ contentId }) => contentId.trim());`;

describe("samples", () => {
  /** @type {import("./markdown.mjs").Sample[]} */
  let samples;

  before(async () => {
    const documents = await readDocuments();
    samples = documents.flatMap((document) => document.samples);
  });

  /** @param {string[]} languages */
  const of = (...languages) => {
    const found = samples.filter(({ language }) => languages.includes(language));
    assert.ok(found.length > 0, `there are samples in ${languages}`);
    return found;
  };

  test("each is in a language that somebody checks", () => {
    const others = samples.filter(({ language }) => !CHECKED.has(language));
    assert.deepEqual(
      others.map(({ at, language }) => `${at}: ${language}`),
      [],
    );
  });

  describe("in JSON", () => {
    /** @type {Awaited<ReturnType<typeof startCollector>>} */
    let collector;
    before(async () => {
      collector = await startCollector();
    });
    after(() => collector.stop());

    /** What the collector says to settings. @param {any} settings */
    const set = async (settings) => {
      const answer = await fetch(`${collector.url}/api/v1/settings`, {
        method: "PUT",
        headers: { authorization: `Bearer ${collector.secretKey}` },
        body: JSON.stringify(settings),
      });
      return answer.ok ? "" : answer.text();
    };

    test("are content or settings that are taken", async () => {
      for (const { text, at } of of("json")) {
        const is = understand(text);
        const problem = "settings" in is ? await set(is.settings) : await validate(is.document);
        assert.equal(problem, "", at);
      }
    });

    test("one that is wrong is not taken", async () => {
      const wrong = understand('{ "id": "a", "kind": "tip", "titel": "A", "target": "#a" }');
      assert.ok("document" in wrong);
      assert.match(await validate(wrong.document), /titel: there is no such field/);
      const dim = understand('"theme": { "accent": "#ffff00" }');
      assert.ok("settings" in dim);
      assert.match(await set(dim.settings), /contrast/);
    });
  });

  test("in JavaScript and TypeScript are of the package's types", async () => {
    const scripts = of("html").flatMap(({ text, at }) =>
      [...text.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script = ""]) => ({
        language: "js",
        // The one line that makes the function is not for types to understand.
        text: script.includes("headstart.q||[]") ? "" : script,
        at,
      })),
    );
    assert.deepEqual(await compile([...of("js", "ts", "jsx", "tsx"), ...scripts]), []);
  });

  test("one that is of other types is found", async () => {
    const wrong = {
      language: "ts",
      text: GOOD.replace("contentId.trim", "taskId.trim"),
      at: "x:1",
    };
    const found = await compile([{ ...wrong, text: GOOD }, wrong]);
    assert.equal(found.length, 1, found.join("\n"));
    assert.match(found[0] ?? "", /^x:1: .*taskId/);
  });

  test("in HTML can be read, and have attributes that the loader knows", async () => {
    const types = await readFile(inRepository("www/loading.d.ts"), "utf8");
    const [, fields = ""] = /interface ScriptAttributes \{([\s\S]*?)\n\}/.exec(types) ?? [];
    const names = [...fields.matchAll(/^ {2}(\w+)\?:/gm)].map(([, name = ""]) => name);
    const known = names.map((name) => name.replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`));
    for (const { text, at } of of("html")) {
      await assert.doesNotReject(prettier.format(text, { parser: "html" }), at);
      for (const [tag] of text.matchAll(/<script[^>]*\bsrc=[^>]*>/g)) {
        const given = [...tag.matchAll(/\sdata-([\w-]+)/g)].map(([, name = ""]) => name);
        assert.deepEqual(
          given.filter((name) => !known.includes(name)),
          [],
          `${at}: ${tag}`,
        );
      }
    }
    await assert.rejects(prettier.format("<p><b>x</p></b>", { parser: "html" }));
  });

  test("the snippet's first line is one and the same everywhere, and has the hash that is told", async () => {
    const stubs = of("html").flatMap(({ text }) =>
      [...text.matchAll(/<script>(window\.headstart=.*?)<\/script>/g)].map(([, stub = ""]) => stub),
    );
    assert.equal(new Set(stubs).size, 1);
    const hash = createHash("sha256")
      .update(stubs[0] ?? "")
      .digest("base64");
    const policies = of("http").map(({ text }) => text);
    assert.ok(
      policies.some((policy) => policy.includes(`'sha256-${hash}'`)),
      hash,
    );
  });

  test("lines of the console read as the sources write them", async () => {
    const sources = await readSources();
    for (const { text, at } of of("console")) {
      for (const line of text.split("\n")) {
        assert.deepEqual(unsaid(line.replace(BROWSERS, "…"), sources), [], `${at}: ${line}`);
      }
    }
    assert.deepEqual(unsaid("headstart: csp: the moon is full", sources), ["the moon is full"]);
  });

  test("every reason why something is not shown is explained, and no other", async () => {
    const explain = await readFile(inRepository("crates/core/src/engine/explain.rs"), "utf8");
    const codes = [...explain.matchAll(/=> "(\w+)",/g)].map(([, code]) => code);
    const page = await readFile(inRepository("docs/troubleshooting.md"), "utf8");
    const [, table = ""] = /\| reason \|.*\n([\s\S]*?)\n\n/.exec(page) ?? [];
    const told = table.split("\n").flatMap((row) => {
      const [, cell = ""] = row.split("|");
      return [...cell.matchAll(/`(\w+)`/g)].map(([, code]) => code);
    });
    assert.deepEqual(told.sort(), codes.sort());
  });

  const python = spawnSync("python3", ["--version"]).status === 0;
  test(
    "in Python signs as that in JavaScript does",
    { skip: !python && "there is no python3" },
    () => {
      const claims = '{"sub": "user-1", "exp": 1900000000}';
      const [js] = of("js").filter(({ text }) => text.includes("createHmac"));
      const [py] = of("python");
      /** @param {string} program @param {string[]} args */
      const print = (program, args) => {
        const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
        assert.equal(stderr, "");
        return stdout.trim();
      };
      const sign = `console.log(sign(${claims}, "is_x"))`;
      const token = print("python3", ["-c", `${py?.text}\nprint(sign(${claims}, "is_x"))`]).split(
        ".",
      );
      const node = print("node", ["--input-type=module", "--eval", `${js?.text}\n${sign}`]);
      /** @param {string} [part] */
      const read = (part = "") => JSON.parse(Buffer.from(part, "base64url").toString());
      for (const [head, body, signature] of [token, node.split(".")]) {
        assert.deepEqual(read(head), { alg: "HS256", typ: "JWT" });
        assert.deepEqual(read(body), JSON.parse(claims));
        const right = createHmac("sha256", "is_x").update(`${head}.${body}`).digest("base64url");
        assert.equal(signature, right);
      }
    },
  );

  test("in Rust are of a page that the tests build", async () => {
    const rust = samples.filter(({ language }) => language === "rust");
    const folder = inRepository("examples/yew/src");
    const files = await readdir(folder, { recursive: true });
    const sources = files.filter((name) => name.endsWith(".rs"));
    const built = await Promise.all(sources.map((name) => readFile(`${folder}/${name}`, "utf8")));
    assert.ok(rust.length > 0);
    assert.ok(built.length > 0);
    const flat = (/** @type {string} */ text) => text.trim().replace(/^ +/gm, "");
    for (const { text, at } of rust) {
      assert.ok(
        built.some((source) => flat(source).includes(flat(text))),
        at,
      );
    }
  });
});

/** What browsers say by themselves, and wasm-bindgen's glue. */
const BROWSERS =
  /TypeError: Failed to fetch[\w ]*:?|CompileError:|^`WebAssembly\.instantiateStreaming`.*/;
