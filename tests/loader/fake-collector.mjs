/**
 * A collector that answers what a test tells it to and remembers what it was asked, with a widget
 * that only records what the loader hands it.
 */

import { createServer } from "node:http";
import { once } from "node:events";
import { GLUE, WASM, minified } from "./loader-source.mjs";

/** A widget that keeps what it is given in `window.widget`. */
export const RECORDING_GLUE = `
  const widget = (window.widget = { loads: 0, starts: [], delivered: [] });
  export default async (wasm) => {
    widget.loads += 1;
    await WebAssembly.instantiateStreaming(wasm, {});
  };
  export const start = (options) => {
    widget.starts.push(options);
    widget.delivered.push(...options.calls);
    return {
      call(time, args) {
        widget.delivered.push([time, args]);
        if (args[1] === "make it throw") throw new Error("from the widget");
        return "answer to " + args[0];
      },
    };
  };`;

/** The smallest valid module. */
export const EMPTY_WASM = Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]);

/** What a collector says that has nothing for the user. */
export const NOTHING = { content: [], known: {}, settings: {}, server_time: 1 };

/** What a collector says that has a checklist for the user. */
export const SOMETHING = { ...NOTHING, content: [{ id: "getting-started" }] };

/**
 * @typedef {{ status?: number, headers?: Record<string, string>, body?: string | Buffer | object, never?: boolean, after?: Promise<unknown> }} Answer
 * @typedef {{ method: string, path: string, query: string, headers: import("node:http").IncomingHttpHeaders, text: string }} Request
 */

export class FakeCollector {
  /** Every request, oldest first, but those for the loader itself. @type {Request[]} */
  requests = [];

  /** What each path answers: an answer, or a function of how often it was asked before. */
  answers = /** @type {Record<string, Answer | ((nth: number) => Answer)>} */ ({
    "/headstart.js": { headers: { "content-type": "text/javascript" }, body: minified },
    ["/" + GLUE]: { headers: { "content-type": "text/javascript" }, body: RECORDING_GLUE },
    ["/" + WASM]: { headers: { "content-type": "application/wasm" }, body: EMPTY_WASM },
    "/v1/boot": { body: NOTHING },
    "/v1/track": { body: { accepted: 1, duplicates: 0 } },
  });

  #server = createServer((request, response) => this.#answer(request, response));

  static async start() {
    const collector = new FakeCollector();
    collector.#server.listen(0, "127.0.0.1");
    await once(collector.#server, "listening");
    return collector;
  }

  get origin() {
    const address = /** @type {import("node:net").AddressInfo} */ (this.#server.address());
    return `http://127.0.0.1:${address.port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  /** The requests for one path. @param {string} path */
  to(path) {
    return this.requests.filter((request) => request.path === path);
  }

  /** The parsed bodies of the boot requests. */
  get boots() {
    return this.to("/v1/boot").map((request) => JSON.parse(request.text));
  }

  /** The `Widget Blocked` reports. */
  get reports() {
    return this.to("/v1/track").map((request) => JSON.parse(request.text));
  }

  get widgetRequests() {
    return this.requests.filter((request) => request.path.startsWith("/assets/"));
  }

  /**
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} response
   */
  async #answer(request, response) {
    const { pathname: path, search: query } = new URL(request.url ?? "/", "http://collector");
    let text = "";
    for await (const chunk of request) text += chunk;
    const nth = this.to(path).length;
    if (path !== "/headstart.js") {
      const { method = "", headers } = request;
      this.requests.push({ method, path, query, headers, text });
    }
    const known = this.answers[path] ?? { status: 404, body: "not here" };
    const answer = typeof known === "function" ? known(nth) : known;
    await answer.after;
    if (answer.never) return;
    const { body = "", status = 200 } = answer;
    const plain = typeof body === "string" || Buffer.isBuffer(body);
    response.writeHead(status, {
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "retry-after",
      "cache-control": "no-store",
      ...answer.headers,
    });
    response.end(plain ? body : JSON.stringify(body));
  }
}
