/** Where links of documents lead. */
import { existsSync } from "node:fs";
import { posix } from "node:path";
import { inRepository } from "../e2e/collector.mjs";

/**
 * What is wrong with the links of these documents, a line each.
 *
 * @param {import("./markdown.mjs").Document[]} documents
 * @param {(path: string) => boolean} [exists]
 */
export function brokenLinks(documents, exists = (path) => existsSync(inRepository(path))) {
  /** @type {string[]} */
  const broken = [];
  for (const { path, links } of documents) {
    for (const { url, at } of links) {
      if (/^[a-z]+:/.test(url)) continue;
      const [file = "", anchor] = url.split("#");
      const target = file ? posix.join(posix.dirname(path), file) : path;
      const document = documents.find((one) => one.path === target);
      if (!document && !exists(target)) {
        // A chapter may be announced: `cargo xtask book` leaves it out until it is there.
        if (path !== "docs/SUMMARY.md") broken.push(`${at}: ${url}: there is no ${target}`);
      } else if (anchor !== undefined && !document?.anchors.includes(anchor)) {
        broken.push(`${at}: ${url}: ${target} has no heading of that name`);
      } else if (path.startsWith("docs/") && !target.startsWith("docs/")) {
        broken.push(`${at}: ${url}: leads out of the book`);
      }
    }
  }
  return broken;
}
