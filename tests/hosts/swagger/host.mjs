/**
 * The published build of Swagger UI (npm `swagger-ui-dist`) with the snippet on its page, and a
 * small local API for it to call.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { serveHost, snippet, withSnippet } from "../serve.mjs";

const OPENAPI = fileURLToPath(new URL("openapi.json", import.meta.url));

/** The address that the package's configuration comes with. */
const PACKAGED_DOCUMENT = "https://petstore.swagger.io/v2/swagger.json";

/** @type {Record<string, number>} */
const RATES = { CHF: 0.94, EUR: 1, GBP: 0.86, USD: 1.08 };

/**
 * The package's files go out as they are, but for the snippet in `index.html` and for the address of
 * the API description: `swagger-initializer.js` has it in what it calls its changeable configuration
 * block, and it is set there as the package's own container image does it.
 *
 * @param {{ collector: string, writeKey: string, root?: string }} options `root` is the folder of
 *   the package
 */
export async function serveSwagger({ collector, writeKey, root = packaged() }) {
  return serveHost({
    root,
    handler: answerApi,
    rewrite(text, path) {
      if (path === "/index.html") {
        return withSnippet(text, snippet({ writeKey, src: `${collector}/headstart.js` }));
      }
      if (path !== "/swagger-initializer.js") return text;
      if (!text.includes(PACKAGED_DOCUMENT)) {
        throw new Error(`${path} no longer names ${PACKAGED_DOCUMENT}; look at the new version`);
      }
      return text.replace(PACKAGED_DOCUMENT, "/openapi.json");
    },
  });
}

function packaged() {
  return dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
}

/** @type {import("../serve.mjs").Handler} */
async function answerApi(request, response, url) {
  /**
   * @param {number} status
   * @param {unknown} body
   */
  const json = (status, body) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
    return true;
  };
  if (url.pathname === "/openapi.json")
    return json(200, JSON.parse(await readFile(OPENAPI, "utf8")));
  if (url.pathname === "/api/rates" && request.method === "GET") {
    const base = url.searchParams.get("base") ?? "EUR";
    const factor = RATES[base];
    if (!factor) return json(404, { error: `no rates for ${base}` });
    const rates = Object.entries(RATES).map(([code, rate]) => [code, round(rate / factor)]);
    return json(200, { base, rates: Object.fromEntries(rates) });
  }
  if (url.pathname === "/api/conversions" && request.method === "POST") {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { amount, from, to } = JSON.parse(Buffer.concat(chunks).toString());
    return json(201, { amount: round((amount / RATES[from]) * RATES[to]), currency: to });
  }
  return false;
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10_000) / 10_000;
}
