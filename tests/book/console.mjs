/** Lines that documents say are read in a console: whether the sources have them. */
import { readFile, readdir } from "node:fs/promises";
import { inRepository } from "../e2e/collector.mjs";

const SOURCES = ["src", "crates/server/src", "crates/core/src", "www"];

/** All sources, their texts on one line as they are said. */
export async function readSources() {
  const texts = [];
  for (const folder of SOURCES) {
    const names = await readdir(inRepository(folder), { recursive: true });
    for (const name of names.filter((one) => /\.(rs|js)$/.test(one) && !one.includes("demo"))) {
      texts.push(await readFile(inRepository(`${folder}/${name}`), "utf8"));
    }
  }
  return (
    texts
      .join("\n")
      // Rust: a text goes on in the next line; braces that are meant.
      .replace(/\\\n\s*/g, "")
      .replaceAll("{{", "{")
      .replaceAll("}}", "}")
  );
}

/**
 * The parts of a line that the sources do not have. `…` in the line stands for anything, as a placeholder
 * does in the sources.
 *
 * @param {string} line
 * @param {string} sources
 */
export function unsaid(line, sources) {
  const said = line
    .replace(/^headstart: /, "")
    // The loader's reasons, and what it adds to an answer of the collector; the binary's own begin so too.
    .replace(
      /^(csp|network|unsupported|error): (?:…\/v1\/boot \S+ |content\/\S+: \S+ \S+ )?/,
      "$1…",
    )
    .replace(/^call of '\w+': /, "")
    // Which directive it is, the browser says; one is the loader's own guess.
    .replace(/…[\w-]+ needs(?! 'wasm)/, "… needs");
  const fixed = sources.replace(/\$?\{[\w.()]*\}/g, "…").replace(/" \+ \w+ \+ "/g, "…");
  return (
    said
      // What is wrong and what to do about it may be apart.
      .split(/…|; /)
      .map((part) => part.replace(/^: /, "").trim())
      .filter((part) => part.length > 1 && !fixed.includes(part))
  );
}
