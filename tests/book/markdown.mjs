/** Documents, as their tests read them: headings, links, code. */
import { readFile, readdir } from "node:fs/promises";
import * as markdown from "prettier/plugins/markdown";
import { inRepository } from "../e2e/collector.mjs";

/**
 * A fenced block.
 *
 * @typedef {object} Sample
 * @property {string} language what it says behind its fence
 * @property {string} text
 * @property {string} at file and line
 * @property {string} before the text of the paragraph above it
 */

/**
 * @typedef {object} Link
 * @property {string} url
 * @property {string} at
 */

/**
 * @typedef {object} Document
 * @property {string} path from the repository's root
 * @property {string} text
 * @property {string[]} anchors of its headings
 * @property {Link[]} links images too
 * @property {Sample[]} samples
 */

/** A node of the syntax tree, of whatever type. @typedef {any} Node */

/** All text below a node, code included. @param {Node} node @returns {string} */
const plain = (node) => node.value ?? (node.children ?? []).map(plain).join("");

/** The anchor that both GitHub and mdBook give a heading. @param {string} heading */
const slug = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

/** Reads a document. @param {string} path @param {string} text @returns {Document} */
export function readDocument(path, text) {
  /** @type {Node} */
  const tree = markdown.parsers.markdown.parse(text, /** @type {any} */ ({ originalText: text }));
  /** @type {Document} */
  const document = { path, text, anchors: [], links: [], samples: [] };
  /** @type {Map<string, number>} */
  const taken = new Map();
  let before = "";
  /** @param {Node} node */
  const visit = (node) => {
    const at = `${path}:${node.position?.start.line}`;
    if (node.type === "heading") {
      const anchor = slug(plain(node));
      const times = taken.get(anchor) ?? 0;
      taken.set(anchor, times + 1);
      document.anchors.push(times ? `${anchor}-${times}` : anchor);
    }
    if (node.url !== undefined) document.links.push({ url: node.url, at });
    // Pictures that differ between light and dark are HTML.
    if (node.type === "html") {
      for (const [, url] of node.value.matchAll(/\b(?:href|src|srcset)="([^"]*)"/g)) {
        document.links.push({ url, at });
      }
    }
    if (node.type === "code") {
      document.samples.push({ language: node.lang ?? "", text: node.value, at, before });
    }
    if (node.type === "paragraph") before = plain(node);
    for (const child of node.children ?? []) visit(child);
  };
  visit(tree);
  return document;
}

/** Every document whose links and samples are promised to hold. */
export async function readDocuments() {
  const book = (await readdir(inRepository("docs"))).filter((name) => name.endsWith(".md"));
  const paths = ["README.md", "ARCHITECTURE.md", "www/package/README.md"];
  paths.push(...book.sort().map((name) => `docs/${name}`));
  return Promise.all(
    paths.map(async (path) => readDocument(path, await readFile(inRepository(path), "utf8"))),
  );
}
