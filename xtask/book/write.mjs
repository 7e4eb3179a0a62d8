/** Writes the made pages of the book: `node xtask/book/write.mjs HEADSTART`, the collector's binary. */
import { writeFile } from "node:fs/promises";
import { madePages } from "./pages.mjs";

const [, , binary] = process.argv;
if (!binary) throw new Error("which collector's? name its binary");
for (const [path, page] of Object.entries(await madePages(binary))) {
  await writeFile(new URL(`../../${path}`, import.meta.url), page);
  console.log(path);
}
