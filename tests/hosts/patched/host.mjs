/** A page whose own scripts have patched the browser's built-ins before the snippet loads. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { serveHost, snippet, withSnippet } from "../serve.mjs";

const PAGE = fileURLToPath(new URL("index.html", import.meta.url));

/** Each is a script `patches/NAME.js`; a page `/?with=NAME,NAME` runs them in that order. */
export const PATCHES = [
  "compression-broken",
  "databases-full",
  "databases-hang",
  "databases-throw",
  "date-shifted",
  "fetch-no-promise",
  "fetch-throws",
  "fetch-wrapped",
  "history-wrapped",
  "json-throws",
  "json-to-json",
  "listeners-wrapped",
  "locks-throw",
  "newer-missing",
  "promise-zoned",
  "prototypes-extended",
  "storage-full",
  "storage-throws",
];

/** @param {{ collector: string, writeKey: string }} options */
export function servePatched({ collector, writeKey }) {
  return serveHost({
    root: fileURLToPath(new URL(".", import.meta.url)),
    collector,
    async handler(_request, response, url) {
      if (url.pathname.includes(".")) return false;
      const wanted = (url.searchParams.get("with") ?? "").split(",").filter(Boolean);
      const unknown = wanted.filter((name) => !PATCHES.includes(name));
      if (unknown.length > 0) throw new Error(`no such patch: ${unknown.join(", ")}`);
      const scripts = wanted.map((name) => `<script src="/patches/${name}.js"></script>`);
      const page = (await readFile(PAGE, "utf8")).replace("<!-- patches -->", scripts.join("\n"));
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end(withSnippet(page, snippet({ writeKey })));
      return true;
    },
  });
}
