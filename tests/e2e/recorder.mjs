/** Everything that goes to and comes from a collector, on record. */
import { createServer, request as httpRequest } from "node:http";
import { gunzipSync } from "node:zlib";

/**
 * @typedef {object} Exchange
 * @property {string} path with its query
 * @property {string} text all that was sent: the address, the headers and the body, unpacked
 * @property {any} body parsed, if it was JSON
 * @property {import("node:http").IncomingHttpHeaders} answered the headers that came back
 *
 * @typedef {object} Recorder
 * @property {string} url where the collector is to be reached, without a slash at its end
 * @property {Exchange[]} exchanges oldest first
 * @property {(path: string) => Exchange[]} to those with a path
 * @property {() => any[]} messages all messages that were sent in batches
 * @property {() => Promise<void>} close
 */

/** Stands in front of a collector. @param {string} collector its address @returns {Promise<Recorder>} */
export async function startRecorder(collector) {
  const target = new URL(collector);
  /** @type {Exchange[]} */
  const exchanges = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const sent = Buffer.concat(chunks);
    const packed = sent[0] === 0x1f && sent[1] === 0x8b;
    const body = (packed ? gunzipSync(sent) : sent).toString();
    const { method, url: path = "" } = request;
    const onward = httpRequest(
      {
        host: target.hostname,
        port: target.port,
        method,
        path,
        headers: { ...request.headers, host: target.host },
      },
      (answer) => {
        exchanges.push({
          path,
          text: [method, path, ...request.rawHeaders, body].join("\n"),
          body: body.startsWith("{") ? JSON.parse(body) : undefined,
          answered: answer.headers,
        });
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on("error", () => response.writeHead(502).end());
    onward.end(sent);
  });
  await new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done(undefined));
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    exchanges,
    to: (path) => exchanges.filter((exchange) => exchange.path === path),
    messages: () =>
      exchanges
        .filter((exchange) => exchange.path === "/v1/batch")
        .flatMap((exchange) => exchange.body.batch),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
