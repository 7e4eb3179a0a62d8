/**
 * A server between the browser and the collector that goes wrong in every way a network and a
 * collector can: it loses requests and answers, delays them, cuts them short, refuses, and delivers
 * twice or out of order. What it does is scripted by the test, or drawn from a seed; either way it
 * keeps a log, so that a test can say what was sent and what became of it.
 *
 * The loader and the widget's files come through, unless a test is about them: a page without them
 * has nothing of ours that could lose anything.
 */
import { createServer, request as httpRequest } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { bodyOf, messagesOf } from "./faults/messages.mjs";

/** @typedef {import("node:http").IncomingMessage} Incoming */
/** @typedef {import("node:http").ServerResponse} Outgoing */
/** @typedef {import("./faults/messages.mjs").Message} Message */

/**
 * What is done to one request.
 *
 * @typedef {object} Fault
 * @property {"pass" | "drop" | "answer" | "truncate" | "half" | "refuse" | "twice" | "hold"} [do]
 *   - `pass`: nothing, the default;
 *   - `drop`: the connection ends without an answer;
 *   - `answer`: `status` and `headers` without asking the collector;
 *   - `truncate`: the collector's answer breaks off in the middle of its body;
 *   - `half`: the collector's answer breaks off in the middle of its first line;
 *   - `refuse`: the collector gets all but the messages that are `bad`, and the answer is a 400 that
 *     names those;
 *   - `twice`: the collector gets it twice, and its second answer is passed on;
 *   - `hold`: nothing happens until `release` is called; then it is passed on.
 * @property {"before" | "after"} [when] of `drop`: whether the collector gets the request first
 * @property {number} [delay] milliseconds to wait before anything else
 * @property {number} [status] of `answer`
 * @property {Record<string, string>} [headers] of `answer`
 * @property {boolean} [cors] of `answer`: false leaves out what lets a page of another origin read it
 * @property {(message: Message) => boolean} [bad] of `refuse`
 */

/**
 * One request to the tracking API, and what became of it.
 *
 * @typedef {object} Entry
 * @property {number} turn its number, from 0, of all requests to the tracking API
 * @property {number} at wall milliseconds
 * @property {string} path
 * @property {Message[]} messages what it carried; empty for a boot
 * @property {string} [sentAt] when it was sent, by the browser's clock
 * @property {number} bytes of its body as sent
 * @property {Fault} fault what was done to it
 * @property {number} forwarded how often the collector got it, or what was left of it
 * @property {number} status the collector's answer, or that made here; 0 if there was none
 * @property {boolean} done whether nothing more will become of it
 */

/** @typedef {(request: Entry) => Fault | undefined | void} Plan */

/**
 * @typedef {object} Faults
 * @property {string} url without a slash at its end
 * @property {Entry[]} log every request to the tracking API, in the order they came
 * @property {(path?: string) => Entry[]} sent those to that path, by default `/v1/batch`
 * @property {(plan: Plan) => void} plan what is done from now on
 * @property {(plan: (path: string) => "pass" | "fail" | "alter") => void} files what is done from now on to
 *   what is no request to the tracking API
 * @property {() => void} heal nothing is done any more, and what is held goes on its way
 * @property {() => void} release what is held goes on its way, the oldest first
 * @property {(on: boolean) => Promise<void>} listen stops listening at all, or listens again
 * @property {() => Promise<void>} close
 */

/** Everything a page may read without leave, and the one header that it needs leave for. */
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "retry-after",
};

/**
 * @param {{ collector: string }} options address of the real one
 * @returns {Promise<Faults>}
 */
export async function startFaults({ collector }) {
  /** @type {Entry[]} */
  const log = [];
  /** @type {Plan} */
  let plan = () => undefined;
  /** @type {(path: string) => "pass" | "fail" | "alter"} */
  let files = () => "pass";
  /** @type {(() => void)[]} */
  let held = [];
  const server = createServer((request, response) => {
    serve(request, response).catch((error) => {
      // The browser has gone, or the collector has: either way there is nobody to tell.
      if (!response.headersSent) response.writeHead(502, CORS);
      response.end(String(error));
    });
  });
  const port = await listenAt(server, 0);

  /**
   * @param {Incoming} request
   * @param {Outgoing} response
   */
  async function serve(request, response) {
    const path = new URL(request.url ?? "/", "http://faults").pathname;
    const body = await read(request);
    const forward = (changed = body) => pass(collector, request, changed);
    if (request.method !== "POST" || !path.startsWith("/v1/")) {
      const fault = files(request.url ?? "");
      if (fault === "fail") return void response.writeHead(503, CORS).end();
      if (fault === "pass") return give(response, await forward());
      // What is compressed could not be added to.
      delete request.headers["accept-encoding"];
      const { status, headers, body } = await forward();
      const altered = Buffer.concat([body, Buffer.from("\nwindow.altered = true;")]);
      delete headers["content-length"];
      // For this time only.
      return give(response, {
        status,
        headers: { ...headers, "cache-control": "no-store" },
        body: altered,
      });
    }
    /** @type {Entry} */
    const entry = {
      turn: log.length,
      at: Date.now(),
      path,
      messages: messagesOf(body),
      sentAt: bodyOf(body)["sentAt"],
      bytes: body.length,
      fault: {},
      forwarded: 0,
      status: 0,
      done: false,
    };
    log.push(entry);
    entry.fault = plan(entry) ?? {};
    try {
      await meddle(entry, request, response, body);
    } finally {
      entry.done = true;
    }
  }

  /**
   * @param {Entry} entry
   * @param {Incoming} request
   * @param {Outgoing} response
   * @param {Buffer} body
   */
  async function meddle(entry, request, response, body) {
    const { fault } = entry;
    const forward = async (changed = body) => {
      entry.forwarded += 1;
      const answer = await pass(collector, request, changed);
      entry.status = answer.status;
      return answer;
    };
    if (fault.delay) await sleep(fault.delay);
    switch (fault.do) {
      case "drop":
        if (fault.when === "after") await forward();
        entry.status = 0;
        return void request.socket.destroy();
      case "answer":
        entry.status = fault.status ?? 500;
        response.writeHead(entry.status, {
          "content-type": "application/json",
          ...(fault.cors === false ? {} : CORS),
          ...fault.headers,
        });
        return void response.end(
          JSON.stringify({ error: { code: "injected", message: "injected by the test" } }),
        );
      case "truncate":
      case "half":
        return cut(request, fault.do, await forward());
      case "refuse":
        return refuse(entry, response, forward, body);
      case "twice":
        await forward();
        return give(response, await forward());
      case "hold":
        await new Promise((resolve) => held.push(() => resolve(undefined)));
        return give(response, await forward());
      default:
        return give(response, await forward());
    }
  }

  /** @type {Faults} */
  const faults = {
    url: `http://127.0.0.1:${port}`,
    log,
    sent: (path = "/v1/batch") => log.filter((entry) => entry.path === path),
    plan(next) {
      plan = next;
    },
    files(next) {
      files = next;
    },
    heal() {
      plan = () => undefined;
      faults.release();
    },
    release() {
      const waiting = held;
      held = [];
      for (const go of waiting) go();
    },
    async listen(on) {
      if (on && !server.listening) await listenAt(server, port);
      if (!on && server.listening) {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
      }
    },
    async close() {
      faults.release();
      await faults.listen(false);
    },
  };
  return faults;
}

/**
 * Ends the connection in the middle of an answer: of its first line, or of its body.
 *
 * @param {Incoming} request
 * @param {"truncate" | "half"} how
 * @param {Answer} answer
 */
function cut(request, how, answer) {
  const { socket } = request;
  const begin =
    how === "half"
      ? "HTTP/1.1 2"
      : [
          `HTTP/1.1 ${answer.status} OK`,
          "content-type: application/json",
          "access-control-allow-origin: *",
          `content-length: ${answer.body.length}`,
          "",
          answer.body.subarray(0, answer.body.length / 2).toString("latin1"),
        ].join("\r\n");
  socket.end(begin, "latin1", () => socket.destroy());
}

/**
 * @param {Entry} entry
 * @param {Outgoing} response
 * @param {(body?: Buffer) => Promise<Answer>} forward
 * @param {Buffer} body
 */
async function refuse(entry, response, forward, body) {
  const isBad = entry.fault.bad ?? (() => false);
  const rejected = entry.messages.flatMap((message, index) =>
    isBad(message)
      ? [
          {
            index,
            message_id: message.messageId,
            error: {
              code: "injected",
              message: `batch[${index}]: refused by the test`,
              path: `batch[${index}]`,
            },
          },
        ]
      : [],
  );
  if (rejected.length === 0) return give(response, await forward());
  const good = entry.messages.filter((message) => !isBad(message));
  const answer = await forward(without(body, good));
  const counts = JSON.parse(answer.body.toString());
  entry.status = 400;
  response.writeHead(400, { "content-type": "application/json", ...CORS });
  response.end(
    JSON.stringify({
      error: { code: "invalid_events", message: "refused by the test", path: "batch" },
      accepted: counts.accepted,
      duplicates: counts.duplicates,
      rejected,
    }),
  );
}

/**
 * The same body with those messages only. Not gzipped any more: the collector takes either.
 *
 * @param {Buffer} body
 * @param {Message[]} batch
 */
function without(body, batch) {
  const { writeKey, sentAt, ...rest } = bodyOf(body);
  return Buffer.from(JSON.stringify({ ...rest, writeKey, sentAt, batch }));
}

/** @typedef {{ status: number, headers: import("node:http").IncomingHttpHeaders, body: Buffer }} Answer */

/**
 * @param {string} collector
 * @param {Incoming} request
 * @param {Buffer} body
 * @returns {Promise<Answer>}
 */
function pass(collector, request, body) {
  const target = new URL(collector);
  const { "content-length": _length, "transfer-encoding": _encoding, ...headers } = request.headers;
  return new Promise((resolve, reject) => {
    const onward = httpRequest(
      {
        host: target.hostname,
        port: target.port,
        method: request.method,
        path: request.url,
        headers: { ...headers, host: target.host, "content-length": body.length },
      },
      (answer) => {
        read(answer).then(
          (read) =>
            resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: read }),
          reject,
        );
      },
    );
    onward.on("error", reject);
    onward.end(body);
  });
}

/**
 * @param {Outgoing} response
 * @param {Answer} answer
 */
function give(response, answer) {
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

/** @param {Incoming} stream @returns {Promise<Buffer>} */
async function read(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * @param {import("node:http").Server} server
 * @param {number} port
 * @returns {Promise<number>} the port taken
 */
function listenAt(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve(/** @type {import("node:net").AddressInfo} */ (server.address()).port);
    });
  });
}
