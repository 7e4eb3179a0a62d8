/** Writes the made pages of the book: `node xtask/book/write.mjs SCHEMA`, a file. */
import { readFile, writeFile } from "node:fs/promises";
import { madePages } from "./pages.mjs";

const [, , schema] = process.argv;
if (!schema) throw new Error("which schema? `headstart content schema` prints it");
for (const [path, page] of Object.entries(await madePages(await readFile(schema, "utf8")))) {
  await writeFile(new URL(`../../${path}`, import.meta.url), page);
  console.log(path);
}
