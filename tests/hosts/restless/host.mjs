/** The applications in React, Vue and Svelte, with the collector behind the same origin. */
import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { serveHost, snippet, withSnippet } from "../serve.mjs";

/** Makes the widget's root one that a test can look into. */
const OPEN = `<script>{
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    const ours = this.hasAttribute("data-headstart");
    return attachShadow.call(this, ours ? { ...init, mode: "open" } : init);
  };
  window.said = [];
  for (const name of ["error", "warn"]) {
    const say = console[name];
    console[name] = (...all) => (window.said.push(all.join(" ")), say.apply(console, all));
  }
  addEventListener("error", ({ message }) => window.said.push(message));
}</script>
`;

/** What they are written with; each is a folder beside this one. */
export const FRAMEWORKS = /** @type {const} */ (["react", "vue", "svelte"]);

/**
 * An application of two pages, `/` and `/orders`, that draws nearly all of them anew several times a
 * second.
 *
 * @param {(typeof FRAMEWORKS)[number]} framework
 * @param {{ collector: string, writeKey: string, open?: boolean }} options `open` has the page open the
 *   widget's shadow root, for browsers where a test cannot
 */
export async function serveRestless(framework, { collector, writeKey, open = false }) {
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
      path.endsWith(".js") ? text : withSnippet(text, (open ? OPEN : "") + snippet({ writeKey })),
  });
}
