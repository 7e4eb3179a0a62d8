/** A server that counts what a page sends to it, byte by byte, and has somebody else answer. */
import { createServer, request as httpRequest } from "node:http";
import { once } from "node:events";
import { gunzipSync } from "node:zlib";

/**
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 *
 * @typedef {object} Count one request
 * @property {string} method
 * @property {string} path with its query
 * @property {number} head bytes of request line and headers, as sent over HTTP/1.1
 * @property {number} body bytes, as sent
 * @property {number} unpacked bytes of the body before it was compressed
 * @property {string[]} invoices of the benchmark's events that it carried
 *
 * @typedef {(request: Request, body: Buffer, response: Response) => void | Promise<void>} Answer
 */

/** A counting server, for one library on one page. */
export class Wire {
  /** @type {Count[]} */
  counts = [];
  /** Of requests whose answer is complete. */
  answered = 0;
  #server;
  /** Bytes that came over connections, closed and open. */
  #closed = 0;
  /** @type {Set<import("node:net").Socket>} */
  #sockets = new Set();

  /** @param {Answer} answer */
  constructor(answer) {
    this.#server = createServer((request, response) => {
      this.#take(request, response, answer).catch((error) => {
        if (!response.headersSent) response.writeHead(502, { "content-type": "text/plain" });
        response.end(String(error));
      });
    });
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => {
        this.#sockets.delete(socket);
        this.#closed += socket.bytesRead;
      });
    });
  }

  /** @param {Answer} answer */
  static async start(answer) {
    const wire = new Wire(answer);
    wire.#server.listen(0, "127.0.0.1");
    await once(wire.#server, "listening");
    return wire;
  }

  /** Where it listens, without a slash at its end. */
  get url() {
    const { port } = /** @type {import("node:net").AddressInfo} */ (this.#server.address());
    return `http://127.0.0.1:${port}`;
  }

  /** Bytes that came in, of whatever. */
  get received() {
    let open = 0;
    for (const socket of this.#sockets) open += socket.bytesRead;
    return this.#closed + open;
  }

  /** The invoices whose events have come. */
  get invoices() {
    return new Set(this.counts.flatMap(({ invoices }) => invoices));
  }

  async stop() {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /**
   * @param {Request} request
   * @param {Response} response
   * @param {Answer} answer
   */
  async #take(request, response, answer) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const unpacked = unpack(body);
    response.once("close", () => this.answered++);
    await answer(request, body, response);
    this.counts.push({
      method: request.method ?? "",
      path: request.url ?? "",
      head: headBytes(request),
      body: body.length,
      unpacked: unpacked.length,
      invoices: invoicesIn(unpacked.toString()),
    });
  }
}

/** What the request line and the headers took. @param {Request} request */
function headBytes({ method, url, httpVersion, rawHeaders }) {
  let text = `${method} ${url} HTTP/${httpVersion}\r\n`;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    text += `${rawHeaders[at]}: ${rawHeaders[at + 1]}\r\n`;
  }
  return Buffer.byteLength(`${text}\r\n`, "latin1");
}

/** A body as it was before the library compressed it. @param {Buffer} body */
function unpack(body) {
  if (body[0] === 0x1f && body[1] === 0x8b) return gunzipSync(body);
  // posthog-js sends a form with base64 in it when it has nothing better.
  const form = /^data=([^&]+)/.exec(body.toString("latin1"))?.[1];
  return form ? Buffer.from(decodeURIComponent(form), "base64") : body;
}

/** The events of the benchmark are known by their invoices. @param {string} text */
function invoicesIn(text) {
  return [...text.matchAll(/"invoice_id":"([^"]+)"/g)].map(([, invoice]) => String(invoice));
}

/**
 * Has a real collector answer.
 *
 * @param {string} url without a slash at its end
 * @returns {Answer}
 */
export function forwardTo(url) {
  const target = new URL(url);
  return (request, body, response) =>
    new Promise((done, reject) => {
      const onward = httpRequest(
        {
          host: target.hostname,
          port: target.port,
          method: request.method,
          path: request.url,
          headers: { ...request.headers, host: target.host },
        },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
          answer.once("close", done);
        },
      );
      onward.once("error", reject);
      onward.end(body);
    });
}
