/** A page that is itself a Yew application, with the collector behind the same origin. */
import { readFile, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { serveHost, snippet, withSnippet } from "../serve.mjs";

const PAGE = new URL("index.html", import.meta.url);

/** Where the application is built; how is said in its Cargo.toml. */
const BUILT = fileURLToPath(new URL("../../../target/hosts/yew/", import.meta.url));

/**
 * `#anywhere`, `#count` and `#others` on the page hold how many events its own handlers got; a click
 * on `#counter` adds one to the first two.
 *
 * @param {{ collector?: string, writeKey?: string }} [options] without a write key the page comes
 *   without the snippet
 */
export async function serveYew({ collector, writeKey } = {}) {
  if (!(await stat(`${BUILT}host.js`).catch(() => null))) {
    throw new Error(`${BUILT}host.js is missing: build it as tests/hosts/yew/Cargo.toml says`);
  }
  return serveHost({
    root: BUILT,
    collector,
    async handler(_, response, { pathname }) {
      if (pathname !== "/") return false;
      const html = await readFile(PAGE, "utf8");
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end(writeKey ? withSnippet(html, snippet({ writeKey })) : html);
      return true;
    },
  });
}
