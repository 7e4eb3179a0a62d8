/** Writes the made pages of the book: `node xtask/book/write.mjs HEADSTART`, the collector's binary. */
import { writeFile } from "node:fs/promises";
import { madePages } from "./pages.mjs";

const [, , headstart] = process.argv;
if (!headstart) throw new Error("which collector's schema? name the binary");
for (const [path, page] of Object.entries(await madePages(headstart))) {
  await writeFile(new URL(`../../${path}`, import.meta.url), page);
  console.log(path);
}
