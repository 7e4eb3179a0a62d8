/**
 * A small server for the pages that the end-to-end tests put the widget in: static files, a
 * Content-Security-Policy if wanted, and the collector under `/hs/` of the same origin if wanted.
 */
import { readFile, stat } from "node:fs/promises";
import { createServer, request as httpRequest } from "node:http";
import { extname, join, resolve, sep } from "node:path";

/** What the issue calls a strict page. */
export const STRICT_CSP =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'";

/** The same without leave to compile WebAssembly: the loader has to give up quietly. */
export const NO_WASM_CSP =
  "default-src 'self'; script-src 'self'; require-trusted-types-for 'script'";

/** Where the collector is on a host that has one behind it. */
export const COLLECTOR_PREFIX = "/hs";

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 * @typedef {(request: Request, response: Response, url: URL) =>
 *   boolean | void | Promise<boolean | void>} Handler answers and returns true, or leaves it to the
 *   files
 *
 * @typedef {object} HostOptions
 * @property {string} [root] folder with the files
 * @property {Handler} [handler] asked before the files
 * @property {Handler} [intercept] asked before the collector
 * @property {string} [csp] sent with every answer that does not come from the collector
 * @property {number} [port] 0 takes any free one
 * @property {(text: string, path: string) => string} [rewrite] changes HTML and JavaScript on the
 *   way out
 * @property {string} [collector] address of a collector, to be reached under `/hs/`
 * @property {boolean} [fallback] paths without an extension get `index.html`, as for an app with
 *   history-API routes
 *
 * @typedef {{ url: string, close: () => Promise<void> }} Host `url` has no slash at its end
 */

/**
 * @param {HostOptions} options
 * @returns {Promise<Host>}
 */
export async function serveHost({
  root,
  handler,
  intercept,
  csp,
  port = 0,
  rewrite = (text) => text,
  collector,
  fallback = false,
}) {
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end(String(error));
    });
  });

  /**
   * @param {Request} request
   * @param {Response} response
   */
  async function answer(request, response) {
    const url = new URL(request.url ?? "/", "http://host");
    if (await intercept?.(request, response, url)) return;
    if (collector && url.pathname.startsWith(`${COLLECTOR_PREFIX}/`)) {
      return proxy(request, response, collector);
    }
    if (csp) response.setHeader("content-security-policy", csp);
    if (await handler?.(request, response, url)) return;
    const file = root && (await findFile(root, decodeURIComponent(url.pathname), fallback));
    if (!file && url.pathname === "/favicon.ico") {
      // Browsers ask for it unasked, and would put a 404 on the console that tests look at.
      response.writeHead(204).end();
      return;
    }
    if (!file) {
      response.writeHead(404, { "content-type": "text/plain" });
      response.end(`${url.pathname}: no such page on this host\n`);
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "cache-control": "no-store" });
    const isText = type.startsWith("text/html") || type.startsWith("text/javascript");
    const path = url.pathname.endsWith("/") ? `${url.pathname}index.html` : url.pathname;
    response.end(isText ? rewrite(await readFile(file, "utf8"), path) : await readFile(file));
  }

  await new Promise((done, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => done(undefined));
  });
  const { port: taken } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/**
 * The two lines a customer pastes.
 *
 * @param {{ writeKey: string, src?: string, queue?: boolean }} options `src` of the loader;
 *   `queue: false` leaves the inline line out, as a page must whose policy refuses inline scripts
 */
export function snippet({ writeKey, src = `${COLLECTOR_PREFIX}/headstart.js`, queue = true }) {
  const lines = [`<script async src="${src}" data-write-key="${writeKey}"></script>`];
  if (queue) {
    lines.unshift(
      "<script>window.headstart=window.headstart||function(){(headstart.q=headstart.q||[]).push([Date.now(),arguments])}</script>",
    );
  }
  return lines.join("\n");
}

/**
 * @param {string} html
 * @param {string} lines what to put at the end of its head
 */
export function withSnippet(html, lines) {
  if (!html.includes("</head>")) throw new Error("the page has no </head> to put the snippet at");
  // A function, because `$` means something in a replacement string.
  return html.replace("</head>", () => `${lines}\n</head>`);
}

/**
 * @param {string} root
 * @param {string} path
 * @param {boolean} fallback
 * @returns {Promise<string | null>}
 */
async function findFile(root, path, fallback) {
  const folder = resolve(root);
  const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
  if (!file.startsWith(folder + sep)) return null;
  const found = await stat(file).catch(() => null);
  if (found?.isFile()) return file;
  return fallback && extname(path) === "" ? join(folder, "index.html") : null;
}

/** @param {Request} request @returns {Promise<string>} */
export async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/**
 * @param {Request} request
 * @param {Response} response
 * @param {string} collector
 * @returns {Promise<void>} done when the answer has been passed on
 */
function proxy(request, response, collector) {
  const target = new URL(collector);
  return new Promise((done) => {
    const onward = httpRequest(
      {
        host: target.hostname,
        port: target.port,
        method: request.method,
        path: (request.url ?? "").slice(COLLECTOR_PREFIX.length),
        headers: { ...request.headers, host: target.host },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.on("close", done);
      },
    );
    onward.on("error", (error) => {
      // A collector that is down: what a reverse proxy answers then.
      if (!response.headersSent) response.writeHead(502, { "content-type": "text/plain" });
      response.end(`the collector at ${collector} does not answer: ${error.message}\n`);
      done();
    });
    request.pipe(onward);
  });
}
