/** The host's side of `puppet.js`: hands functions to pages, and takes what came of them. */
import { readBody } from "../serve.mjs";

/** A page asks anew after so long without work, milliseconds. */
const POLL = 10_000;

/**
 * @typedef {object} Puppets
 * @property {(name: string, script: string, within: number) => Promise<any>} ask has the page of
 *   that name evaluate an expression
 * @property {(request: import("../serve.mjs").Request, response: import("../serve.mjs").Response,
 *   name: string, what: string) => Promise<boolean>} answer answers a page
 */

/** @returns {Puppets} */
export function puppeteer() {
  let turns = 0;
  /** @type {Map<string, { turn: number, script: string }[]>} */
  const waiting = new Map();
  /** Pages that wait for work, by name. @type {Map<string, () => void>} */
  const idle = new Map();
  /** @type {Map<number, (done: { value?: unknown, error?: string }) => void>} */
  const asked = new Map();

  return {
    ask(name, script, within) {
      const turn = (turns += 1);
      waiting.set(name, [...(waiting.get(name) ?? []), { turn, script }]);
      idle.get(name)?.();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          asked.delete(turn);
          reject(new Error(`the page ${name} did not answer within ${within} ms: ${script}`));
        }, within);
        asked.set(turn, ({ value, error }) => {
          clearTimeout(timer);
          if (error) reject(new Error(`in the page ${name}: ${error}`));
          else resolve(value);
        });
      });
    },

    async answer(request, response, name, what) {
      if (what === "done") {
        const { turn, ...done } = JSON.parse(await readBody(request));
        asked.get(turn)?.(done);
        asked.delete(turn);
        response.writeHead(204).end();
        return true;
      }
      if (!waiting.get(name)?.length) {
        await new Promise((resolve) => {
          const timer = setTimeout(resolve, POLL);
          idle.set(name, () => {
            clearTimeout(timer);
            resolve(undefined);
          });
        });
        idle.delete(name);
      }
      const work = waiting.get(name)?.shift();
      response.writeHead(work ? 200 : 204, { "content-type": "application/json" });
      response.end(work ? JSON.stringify(work) : undefined);
      return true;
    },
  };
}
