/** The loader as it is shipped: minified, with the build's two addresses filled in. */

import { readFileSync } from "node:fs";
import { minify } from "terser";

export const source = readFileSync(new URL("../../www/headstart.js", import.meta.url), "utf8");

export const GLUE = "assets/headstart-9eb72ab1.js";
export const WASM = "assets/headstart-9eb72ab1.wasm";

const options = readFileSync(new URL("../../xtask/terser.json", import.meta.url), "utf8");
const named = source.replace("__GLUE__", GLUE).replace("__WASM__", WASM);

export const minified = /** @type {string} */ ((await minify(named, JSON.parse(options))).code);
