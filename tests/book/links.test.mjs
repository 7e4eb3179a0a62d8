/** Links within the documents, and the book's own table of contents. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { brokenLinks } from "./links.mjs";
import { readDocument, readDocuments } from "./markdown.mjs";

describe("links", () => {
  test("every one that stays within the repository leads somewhere", async () => {
    const documents = await readDocuments();
    assert.ok(documents.flatMap(({ links }) => links).length > 50, "links are found");
    assert.deepEqual(brokenLinks(documents), []);
  });

  test("one that leads nowhere is found", () => {
    const text = [
      "# A page\n\n[good](b.md#two--three) [up](#a-page) [out](https://example.com)",
      "[gone](c.md) [lost](b.md#four) ![none](a.png) [code](../src/a.rs)",
    ].join("\n");
    const documents = [
      readDocument("docs/a.md", text),
      readDocument("docs/b.md", "# One\n\n## Two & `three`\n"),
    ];
    assert.deepEqual(
      brokenLinks(documents, (path) => path === "src/a.rs"),
      [
        "docs/a.md:4: c.md: there is no docs/c.md",
        "docs/a.md:4: b.md#four: docs/b.md has no heading of that name",
        "docs/a.md:4: a.png: there is no docs/a.png",
        "docs/a.md:4: ../src/a.rs: leads out of the book",
      ],
    );
  });

  test("every page of the book is in its table of contents, once", async () => {
    const documents = await readDocuments();
    const pages = documents.map(({ path }) => path).filter((path) => path.startsWith("docs/"));
    const summary = documents.find(({ path }) => path === "docs/SUMMARY.md");
    const chapters = summary?.links.map(({ url }) => `docs/${url}`) ?? [];
    assert.deepEqual([...new Set(chapters)], chapters, "none twice");
    const missing = pages.filter((page) => page !== summary?.path && !chapters.includes(page));
    assert.deepEqual(missing, []);
  });
});
