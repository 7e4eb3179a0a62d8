/**
 * Follows every link of the book's website that stays in it: `node xtask/book/site.mjs FOLDER`. Anchors and
 * names of pages are mdBook's own there, not what the Markdown says.
 */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Not chapters, and the same links once more. */
const OTHERS = ["404.html", "print.html", "toc.html"];

const [, , folder = ""] = process.argv;
const files = await readdir(folder, { recursive: true });
const names = files.filter((name) => name.endsWith(".html") && !OTHERS.includes(name));
const pages = new Map(
  await Promise.all(
    names.map(
      async (name) =>
        /** @type {[string, string]} */ ([name, await readFile(join(folder, name), "utf8")]),
    ),
  ),
);

/** @param {string} html @param {RegExp} pattern */
const all = (html, pattern) => [...html.matchAll(pattern)].map(([, found = ""]) => found);

/** @type {string[]} */
const broken = [];
let count = 0;
for (const [name, html] of pages) {
  const [, main = ""] = /<main[^>]*>([\s\S]*)<\/main>/.exec(html) ?? [];
  // Samples have their own attributes, which are text.
  for (const url of all(main, /<(?:a|img)\b[^>]*\s(?:href|src)="([^"]*)"/g)) {
    if (/^[a-z]+:/.test(url)) continue;
    count += 1;
    const [page = "", anchor] = url.split("#");
    const target = pages.get(page || name);
    const there = target
      ? !anchor || all(target, /\bid="([^"]*)"/g).includes(decodeURIComponent(anchor))
      : files.includes(page);
    if (!there) broken.push(`${name}: ${url} leads nowhere`);
  }
}
if (pages.size < 2 || count === 0) throw new Error(`${folder} is no book`);
if (broken.length > 0) throw new Error(broken.join("\n"));
console.log(`${pages.size} pages, ${count} links within the book, all lead somewhere`);
