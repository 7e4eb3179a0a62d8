/** A page that tracks, and a page to leave it for. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { serveHost, snippet, withSnippet } from "../serve.mjs";
import { puppeteer } from "./puppeteer.mjs";

/** Makes the document one of no origin, for which every engine blocks every storage. */
const NO_ORIGIN = "sandbox allow-scripts";

/** @param {string} name */
const read = (name) => readFile(fileURLToPath(new URL(name, import.meta.url)), "utf8");

/**
 * @typedef {import("../serve.mjs").Host & {
 *   puppets: import("./puppeteer.mjs").Puppets,
 *   requests: string[],
 *   onTell: (hear: (what: string, id: string) => void) => void,
 * }} TrackedHost `requests` are the paths of the pages that were asked for; `onTell` hears what `takeAndTell` says, before that returns
 */

/**
 * By the query of a page: `blocked` blocks its storage, `puppet=NAME` has it obey, `prerender=PATH`
 * of `/away` has the browser prepare that page, `pinned` pins the loader; for the others see `page.js`.
 *
 * @param {{ collector: string, writeKey: string, pinned?: () => string }} options `collector`: the
 *   address that the page is told; `pinned`: the lines of a page that pins
 * @returns {Promise<TrackedHost>}
 */
export async function serveTracked({ collector, writeKey, pinned }) {
  const puppets = puppeteer();
  /** @type {string[]} */
  const requests = [];
  /** @type {(what: string, id: string) => void} */
  let hear = () => {};
  const lines = snippet({ writeKey, src: `${collector}/headstart.js` });

  const host = await serveHost({
    root: fileURLToPath(new URL(".", import.meta.url)),
    async handler(request, response, url) {
      const [, first, second, third] = url.pathname.split("/");
      if (first === "puppet") return puppets.answer(request, response, second ?? "", third ?? "");
      if (first === "tell") {
        hear(second ?? "", third ?? "");
        response.writeHead(204).end();
        return true;
      }
      if (url.pathname.includes(".")) return false;
      requests.push(url.pathname);
      const away = first === "away";
      let page = await read(away ? "away.html" : "index.html");
      const pins = url.searchParams.has("pinned") && pinned;
      if (!away) page = withSnippet(page, pins ? pins() : lines);
      if (url.searchParams.has("puppet")) {
        page = page.replace("<!-- puppet -->", '<script src="/puppet.js"></script>');
      }
      const soon = url.searchParams.get("prerender");
      if (soon) page = page.replace("<!-- rules -->", speculationRules(soon));
      response.writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        // Not `no-store`: such a page is never kept for the way back.
        "cache-control": "no-cache",
        ...(url.searchParams.has("blocked") ? { "content-security-policy": NO_ORIGIN } : {}),
      });
      response.end(page);
      return true;
    },
  });
  return Object.assign(host, {
    puppets,
    requests,
    /** @param {typeof hear} listener */
    onTell(listener) {
      hear = listener;
    },
  });
}

/** @param {string} path */
function speculationRules(path) {
  const rules = { prerender: [{ source: "list", urls: [path], eagerness: "immediate" }] };
  return `<script type="speculationrules">${JSON.stringify(rules)}</script>`;
}
