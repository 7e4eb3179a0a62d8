/** A small page, and the demo, each with a record of what a screen reader and the page's keys get. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { COLLECTOR_PREFIX, serveHost, snippet, withSnippet } from "../serve.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
/** @param {string} name */
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** What such pages load beside their own files. @type {Record<string, string>} */
const SCRIPTS = {
  "/access/axe/axe.min.js": AXE,
  "/access/findings.js": here("findings.js"),
  "/access/prelude.js": here("prelude.js"),
};

/** @type {import("../serve.mjs").Handler} */
async function scripts(_request, response, { pathname }) {
  const file = SCRIPTS[pathname];
  if (!file) return false;
  response.writeHead(200, { "content-type": "text/javascript; charset=utf-8" });
  response.end(await readFile(file));
  return true;
}

/**
 * The page, at any path.
 *
 * @param {{ collector: string, writeKey: string }} options
 */
export function serveAccess({ collector, writeKey }) {
  return serveHost({
    root: here("."),
    collector,
    handler: scripts,
    fallback: true,
    rewrite: (text, path) =>
      path.endsWith(".js") ? text : withSnippet(text, snippet({ writeKey })),
  });
}

/**
 * The demo, or another site made for a collector to serve beside itself.
 *
 * @param {string} root its folder
 * @param {{ collector: string, writeKey: string }} options
 */
export function serveSite(root, { collector, writeKey }) {
  return serveHost({
    root,
    collector,
    handler: scripts,
    fallback: true,
    rewrite: (text, path) =>
      path.endsWith(".js")
        ? text
        : text
            .replace("<head>", '<head><script src="/access/prelude.js"></script>')
            .replaceAll("WRITE_KEY", writeKey)
            .replaceAll('"/headstart.js"', `"${COLLECTOR_PREFIX}/headstart.js"`),
  });
}
