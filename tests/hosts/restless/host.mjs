/** The applications in React, Vue and Svelte, with the collector behind the same origin. */
import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { serveHost, snippet, withSnippet } from "../serve.mjs";

/** What they are written with; each is a folder beside this one. */
export const FRAMEWORKS = /** @type {const} */ (["react", "vue", "svelte"]);

/**
 * An application of two pages, `/` and `/orders`, that draws nearly all of them anew several times a
 * second.
 *
 * @param {(typeof FRAMEWORKS)[number]} framework
 * @param {{ collector: string, writeKey: string }} options
 */
export async function serveRestless(framework, { collector, writeKey }) {
  const root = fileURLToPath(new URL(`../../../target/hosts/${framework}/`, import.meta.url));
  if (!(await stat(`${root}index.html`).catch(() => null))) {
    throw new Error(
      `${root}index.html is missing: run npm ci and npm run build in tests/hosts/${framework}`,
    );
  }
  return serveHost({
    root,
    collector,
    fallback: true,
    rewrite: (text, path) =>
      path.endsWith(".js") ? text : withSnippet(text, snippet({ writeKey })),
  });
}
