/** The loader as it is shipped: minified, with the build's two addresses filled in. */

import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";

export const source = readFileSync(new URL("../../www/headstart.js", import.meta.url), "utf8");

export const GLUE = "assets/headstart-9eb72ab1.js";
export const WASM = "assets/headstart-6d7fd449.wasm";

export const minified = transformSync(source.replace("__GLUE__", GLUE).replace("__WASM__", WASM), {
  minify: true,
  target: "es2018",
  legalComments: "none",
}).code;
