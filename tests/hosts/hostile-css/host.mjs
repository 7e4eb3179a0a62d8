/** One page under style sheets that hide, crush or cover whatever is added to it. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { serveHost, snippet, withSnippet } from "../serve.mjs";

const PAGE = fileURLToPath(new URL("index.html", import.meta.url));

/** Each is a page `/NAME` with the sheet `sheets/NAME.css`. */
export const SHEETS = ["revert", "layered", "paint", "geometry", "cover"];

/** @param {{ collector: string, writeKey: string }} options */
export function serveHostileCss({ collector, writeKey }) {
  return serveHost({
    root: fileURLToPath(new URL(".", import.meta.url)),
    collector,
    async handler(_request, response, url) {
      const name = url.pathname.slice(1);
      if (!SHEETS.includes(name)) return false;
      const page = (await readFile(PAGE, "utf8")).replace("SHEET", `/sheets/${name}.css`);
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end(withSnippet(page, snippet({ writeKey })));
      return true;
    },
  });
}
