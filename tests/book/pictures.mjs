/**
 * Takes the README's pictures of the demo, as a person sees it who has done two of the five tasks:
 * `cargo xtask pictures`, or with HEADSTART_BIN and CHROMIUM set, `node tests/book/pictures.mjs`.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { launch, openPage } from "../e2e/browser.mjs";
import { inRepository } from "../e2e/collector.mjs";
import { fillInvoice, startDemo } from "../e2e/demo.mjs";

const FOLDER = inRepository("docs/pictures");
/** GitHub shows them at a fraction of a page's width. */
const MOST_BYTES = 150_000;

/** @type {{ name: string, content: string[], options: import("playwright-core").BrowserContextOptions }[]} */
const DEVICES = [
  {
    name: "desktop",
    content: ["getting-started", "template-tip"],
    options: { viewport: { width: 1280, height: 760 } },
  },
  {
    name: "phone",
    // Of a tip there is no room to be seen beside the panel.
    content: ["getting-started"],
    options: {
      viewport: { width: 390, height: 760 },
      deviceScaleFactor: 1.5,
      isMobile: true,
      hasTouch: true,
    },
  },
];

/** @param {Awaited<ReturnType<typeof openPage>>} page @param {string} url */
async function doTwoTasks(page, url) {
  await page.goto(`${url}/invoices/new`);
  await page.widget.launcher.waitFor();
  await fillInvoice(page);
  await page
    .getByRole("button", { name: /^Preview INV-/ })
    .nth(1)
    .click();
  await page.widget.launcher.filter({ hasText: /2 of 5|3 left/ }).waitFor();
  await page.keyboard.press("Escape");
}

/** As the demo looks. @param {import("../e2e/collector.mjs").Collector} collector */
async function dress({ url, secretKey }) {
  const response = await fetch(`${url}/api/v1/settings`, {
    method: "PUT",
    headers: { authorization: `Bearer ${secretKey}`, "content-type": "application/json" },
    body: await readFile(inRepository("www/settings.json"), "utf8"),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}

/**
 * The same picture in a third of the bytes.
 *
 * @param {Awaited<ReturnType<typeof openPage>>} page a blank one
 * @param {Buffer} png
 */
async function toWebp(page, png) {
  const url = await page.evaluate(async (base64) => {
    const bytes = await (await fetch(`data:image/png;base64,${base64}`)).blob();
    const bitmap = await createImageBitmap(bytes);
    const canvas = Object.assign(document.createElement("canvas"), {
      width: bitmap.width,
      height: bitmap.height,
    });
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
    return canvas.toDataURL("image/webp", 0.92);
  }, png.toString("base64"));
  return Buffer.from(url.replace(/^.*,/, ""), "base64");
}

const browser = await launch();
const blank = await openPage(browser);
await mkdir(FOLDER, { recursive: true });
try {
  for (const { name, content, options } of DEVICES) {
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      const collector = await startDemo(content);
      await dress(collector);
      const page = await openPage(browser, { ...options, colorScheme, reducedMotion: "reduce" });
      await doTwoTasks(page, collector.url);
      await page.goto(collector.url);
      await page.widget.launcher.click();
      await page.widget.task("Put your name on it").click();
      await page.widget.button("Open settings").waitFor();
      if (content.length > 1) await page.widget.tip.waitFor();
      // Neither a focus ring nor a pointer is part of it.
      await page.mouse.move(0, 0);
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(500);
      const picture = await toWebp(blank, await page.screenshot());
      const file = `${name}-${colorScheme}.webp`;
      if (picture.length > MOST_BYTES) {
        throw new Error(`${file} has ${picture.length} bytes, more than ${MOST_BYTES}`);
      }
      await writeFile(`${FOLDER}/${file}`, picture);
      console.log(`docs/pictures/${file}: ${picture.length} bytes`);
      await page.context().close();
      await collector.stop();
    }
  }
} finally {
  await browser.close();
}
