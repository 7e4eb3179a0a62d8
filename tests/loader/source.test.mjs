import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { parse } from "acorn";
import { minified, source } from "./loader-source.mjs";

const BUDGET = 2000;

/**
 * ES2018 has no import(): every browser that has wasm with reference types does.
 *
 * @param {string} code
 */
const parseAsEs2018 = (code) =>
  parse(code.replaceAll("import(", "load("), { ecmaVersion: 2018, sourceType: "script" });

test("the minified loader is at most 2,000 bytes after brotli", () => {
  const size = brotliCompressSync(minified).length;
  assert.ok(size <= BUDGET, `${size} bytes`);
});

for (const [name, code] of Object.entries({ source, minified })) {
  test(`the loader's ${name} is ES2018 but for import()`, () => {
    assert.doesNotThrow(() => parseAsEs2018(code));
  });

  test(`the loader's ${name} declares nothing in the page's global scope`, () => {
    const { body } = parseAsEs2018(code);
    assert.deepEqual(
      body.map(({ type }) => type),
      ["ExpressionStatement"],
    );
  });
}

test("the build finds each address it has to fill in exactly once", () => {
  for (const placeholder of ['"__GLUE__"', '"__WASM__"']) {
    assert.equal(source.split(placeholder).length, 2, placeholder);
  }
});
