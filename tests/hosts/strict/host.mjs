/** A plain page under a strict policy, with the collector behind the same origin. */
import { fileURLToPath } from "node:url";
import { NO_WASM_CSP, STRICT_CSP, serveHost, snippet, withSnippet } from "../serve.mjs";

/**
 * @param {{ collector: string, writeKey: string, wasm?: boolean }} options `wasm: false` leaves
 *   'wasm-unsafe-eval' out of the policy
 */
export function serveStrict({ collector, writeKey, wasm = true }) {
  return serveHost({
    root: fileURLToPath(new URL(".", import.meta.url)),
    fallback: true,
    collector,
    csp: wasm ? STRICT_CSP : NO_WASM_CSP,
    rewrite: (text, path) =>
      path.endsWith(".js") ? text : withSnippet(text, snippet({ writeKey, queue: false })),
  });
}
