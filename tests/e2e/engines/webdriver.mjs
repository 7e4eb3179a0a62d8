/**
 * A client of the W3C WebDriver protocol, as far as the scenarios need it: the same few commands for
 * every engine, over plain HTTP. Source: https://www.w3.org/TR/webdriver2/
 */
import { setTimeout as sleep } from "node:timers/promises";

/** How long a browser may take to start, or a page to run a script, on a busy machine, milliseconds. */
const PATIENCE = 120_000;

/** What a driver answered instead of doing what it was asked to. */
export class DriverError extends Error {
  /** @param {string} command @param {{ error: string, message: string }} value */
  constructor(command, { error, message }) {
    super(`${command}: ${error}: ${message.split("\n")[0]}`);
    this.name = "DriverError";
    this.code = error;
  }
}

/** One browser, steered. */
export class Session {
  #base;

  /** @param {string} base the session's address */
  constructor(base) {
    this.#base = base;
  }

  /**
   * Starts a browser, as soon as its driver listens.
   *
   * @param {string} driver address of the driver
   * @param {Record<string, unknown>} capabilities
   * @param {() => boolean} lost whether there is no more hope for the driver
   */
  static async start(driver, capabilities, lost) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      try {
        const value = await send("POST", `${driver}/session`, {
          capabilities: { alwaysMatch: { ...capabilities, timeouts: { script: PATIENCE } } },
        });
        return new Session(`${driver}/session/${value.sessionId}`);
      } catch (error) {
        // Not yet listening; whatever else is wrong will stay so.
        if (error instanceof DriverError || lost() || Date.now() > end) throw error;
        await sleep(50);
      }
    }
  }

  /** @param {string} path @param {unknown} [body] @returns {Promise<any>} */
  post(path, body = {}) {
    return send("POST", this.#base + path, body);
  }

  /** @param {string} path @returns {Promise<any>} */
  get(path) {
    return send("GET", this.#base + path);
  }

  /** @param {string} path @returns {Promise<any>} */
  delete(path = "") {
    return send("DELETE", this.#base + path);
  }
}

/**
 * @param {string} method
 * @param {string} url
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
async function send(method, url, body) {
  const response = await fetch(url, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const { value } = /** @type {{ value: any }} */ (await response.json());
  if (value?.error) throw new DriverError(`${method} ${new URL(url).pathname}`, value);
  return value;
}
