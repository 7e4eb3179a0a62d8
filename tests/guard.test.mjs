import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import binaryen from "binaryen";

import { guard } from "../www/guard.js";

/** A module with every kind of export that wasm-bindgen's glue uses, and one that panics. */
const WASM = assemble(`
  (module
    (import "page" "callback" (func $callback))
    (memory (export "memory") 1)
    (table (export "table") 2 externref)
    (func (export "add") (param i32 i32) (result i32)
      local.get 0
      local.get 1
      i32.add)
    (func (export "pair") (result i32 i32)
      i32.const 3
      i32.const 4)
    (func (export "object") (param externref) (result externref)
      local.get 0)
    (func (export "panic")
      unreachable)
    (func (export "call_page") (result i32)
      call $callback
      i32.const 7))`);

/** @param {string} text */
function assemble(text) {
  const module = binaryen.parseText(text);
  module.setFeatures(binaryen.Features.All);
  return new Uint8Array(module.emitBinary());
}

/**
 * The guarded exports of a fresh instance.
 *
 * @param {() => void} [callback] what the page does when the module calls it
 * @returns {Promise<Record<string, any>>}
 */
async function instance(callback = () => {}) {
  const module = await WebAssembly.compile(WASM);
  const instance = await WebAssembly.instantiate(module, { page: { callback } });
  return guard(instance.exports, ["pair"]);
}

/** What the guard wrote to the console. @type {string[]} */
let lines = [];
/** How many of the widget's elements are on the page. */
let hosts = 0;

beforeEach(() => {
  lines = [];
  hosts = 1;
  mock.method(console, "error", (/** @type {unknown[]} */ ...args) => lines.push(args.join(" ")));
  Object.assign(globalThis, {
    document: {
      querySelectorAll: (/** @type {string} */ selector) =>
        selector == "[data-headstart]" && hosts ? [{ remove: () => hosts-- }] : [],
    },
  });
});

afterEach(() => {
  mock.restoreAll();
  Reflect.deleteProperty(globalThis, "document");
});

test("functions take and return what they did before", async () => {
  const wasm = await instance();
  const object = {};
  assert.equal(wasm.add(2, 3), 5);
  assert.deepEqual(wasm.pair(), [3, 4]);
  assert.equal(wasm.object(object), object);
  assert.deepEqual(lines, []);
});

test("memory and tables pass as they are", async () => {
  const wasm = await instance();
  assert.ok(wasm.memory instanceof WebAssembly.Memory);
  assert.equal(wasm.memory.buffer.byteLength, 65536);
  assert.ok(wasm.table instanceof WebAssembly.Table);
  wasm.table.set(1, "kept");
  assert.equal(wasm.table.get(1), "kept");
});

test("a panic reaches the console once, and nobody else", async () => {
  const wasm = await instance();
  assert.equal(wasm.panic(), undefined);
  assert.equal(wasm.panic(), undefined);
  assert.deepEqual(lines, [
    "headstart: stopped after an internal error: RuntimeError: unreachable",
  ]);
});

test("the widget's element is off the page after a panic, and not before", async () => {
  const wasm = await instance();
  wasm.add(1, 1);
  assert.equal(hosts, 1);
  wasm.panic();
  assert.equal(hosts, 0);
});

test("after a panic no function runs", async () => {
  let calls = 0;
  const wasm = await instance(() => calls++);
  wasm.panic();
  assert.equal(wasm.add(2, 3), undefined);
  assert.equal(wasm.object("x"), undefined);
  assert.equal(wasm.call_page(), undefined);
  assert.equal(calls, 0);
});

test("after a panic the glue can still take several values apart", async () => {
  const wasm = await instance();
  wasm.panic();
  const [pointer, length] = wasm.pair();
  assert.deepEqual([pointer, length], [0, 0]);
});

test("what the page throws into the module ends it too", async () => {
  const wasm = await instance(() => {
    throw new TypeError("patched by the page");
  });
  assert.equal(wasm.call_page(), undefined);
  assert.deepEqual(lines, [
    "headstart: stopped after an internal error: TypeError: patched by the page",
  ]);
});

test("a panic below a call of the page leaves the page's own code undisturbed", async () => {
  let reached = false;
  /** @type {Record<string, any>} */
  const wasm = await instance(() => {
    wasm.panic();
    reached = true;
  });
  assert.equal(wasm.call_page(), 7);
  assert.ok(reached);
  assert.equal(wasm.call_page(), undefined);
  assert.equal(lines.length, 1);
});

test("a page whose console and document are broken is left alone", async () => {
  mock.method(console, "error", () => {
    throw new Error("no console");
  });
  Reflect.deleteProperty(globalThis, "document");
  const wasm = await instance();
  assert.equal(wasm.panic(), undefined);
  assert.equal(wasm.add(1, 1), undefined);
});

test("two instances stop by themselves", async () => {
  const [one, other] = await Promise.all([instance(), instance()]);
  one.panic();
  assert.equal(other.add(2, 3), 5);
});
