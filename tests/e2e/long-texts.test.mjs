/**
 * Texts as long and as unbroken as languages have them, at the widths that there are: nothing leaves the
 * screen or its box, and nothing is cut off.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { launch, openPage } from "./browser.mjs";
import { inRepository } from "./collector.mjs";
import { startDemo } from "./demo.mjs";

/** How a language is imitated: what becomes of a text of ours. */
const LANGUAGES = {
  de: {
    dir: "ltr",
    /** Forty of a hundred more, in one compound. @param {string} text */
    stretch: (text) => {
      const more = Math.max(6, Math.ceil(text.length * 0.4));
      return `${text} ${"Rechnungsvorlagenverwaltungsberechtigung".repeat(9).slice(0, more)}`;
    },
    title: "Donaudampfschifffahrtsgesellschaftsrechnungsvorlagenverwaltung einrichten",
    label: "Rechnungsvorlagenverwaltung öffnen",
    text: "Die Rechtsschutzversicherungsgesellschaftenverwaltungszusammenarbeitsvereinbarung liegt bei den Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnungen.",
  },
  "zh-CN": {
    dir: "ltr",
    /** @param {string} text */
    stretch: (text) => text + "新的发票模板和客户".repeat(9).slice(0, Math.ceil(text.length * 0.4)),
    title: "创建第一张发票并将其保存为模板以便下个月继续使用该模板",
    label: "打开发票模板管理页面并继续",
    text: "选择一位客户填写您所做的工作以及费用这就是全部所需的操作下一次同样的发票会自动填写完成您无需再次输入任何内容",
  },
  ar: {
    dir: "rtl",
    /** @param {string} text */
    stretch: (text) =>
      `${text} ${"والمستندات الإلكترونية ".repeat(9).slice(0, Math.ceil(text.length * 0.4))}`,
    title: "إعداد إدارة قوالب الفواتير والمستندات الإلكترونية لشركة Counterfoil GmbH",
    label: "فتح إدارة قوالب الفواتير الإلكترونية",
    text: "اختر عميلًا واذكر ما أنجزته وكم يكلّف (مثلًا 480 EUR)، وستُملأ الفاتورة التالية تلقائيًا على https://example.com/invoices/templates.",
  },
};

/** @typedef {typeof LANGUAGES.de} Imitation */

/** @param {Imitation} imitation @param {string} language */
function documents({ title, label, text }, language) {
  const common = { language, title, frequency: "every_session" };
  const action = { label, path: "/templates" };
  const two = [action, { label, snooze: "1d" }];
  const list = {
    id: "list",
    kind: "checklist",
    language,
    title,
    description: text,
    tasks: [
      {
        id: "a",
        title,
        description: text,
        skippable: true,
        markable: true,
        required: false,
        action,
      },
      { id: "b", title, description: text, action, after: ["a"] },
      { id: "c", title, markable: true, due: "1m" },
    ],
  };
  const modal = { ...common, id: "modal", kind: "modal", body: text, actions: two };
  const banner = { ...common, id: "banner", kind: "banner", body: text, actions: two };
  const tip = { ...common, id: "tip", kind: "tip", target: "main h1", body: text, actions: two };
  const note = {
    ...common,
    id: "note",
    kind: "tip",
    form: "inline",
    target: "main h1",
    body: text,
    action,
  };
  const tour = {
    ...common,
    id: "tour",
    kind: "tour",
    steps: [
      { id: "one", title, body: text },
      { id: "two", title, body: text, target: "main h1", actions: two },
    ],
  };
  return { list, modal, banner, tip, note, tour };
}

/**
 * What is wrong with what is on screen: texts and buttons that leave the screen or the card that they are
 * in, or that are cut off.
 */
function faults() {
  /** @type {string[]} */
  const found = [];
  const width = document.documentElement.clientWidth;
  for (const host of document.querySelectorAll("[data-headstart]")) {
    const boxes = host.shadowRoot?.querySelectorAll(".card,.panel,.launcher") ?? [];
    for (const box of boxes) {
      if (!box.checkVisibility({ visibilityProperty: true })) continue;
      const outer = box.getBoundingClientRect();
      const name = `${box.className} ${box.getAttribute("data-form") ?? ""}`.trim();
      if (outer.left < -0.5 || outer.right > width + 0.5) {
        found.push(`${name} leaves the screen: ${outer.left} to ${outer.right}`);
      }
      if (box.scrollWidth > box.clientWidth + 1) found.push(`${name} scrolls sideways`);
      for (const part of box.querySelectorAll("*")) {
        if (part.matches(".said,.confetti,.confetti *") || part.closest("svg")) continue;
        // The launcher has the beginning of a long heading, the panel all of it.
        if (part.matches(".launcher .name")) continue;
        if (!part.checkVisibility({ visibilityProperty: true })) continue;
        const at = part.getBoundingClientRect();
        const what = `${name}: ${part.localName}.${part.className} “${part.textContent?.slice(0, 20)}”`;
        if (at.left < outer.left - 0.5 || at.right > outer.right + 0.5) {
          // A menu may stand out of its card, not of the screen.
          const menu = part.closest(".menu");
          if (!menu || at.left < -0.5 || at.right > width + 0.5) {
            found.push(
              `${what} leaves its box: ${at.left} to ${at.right} of ${outer.left} to ${outer.right}`,
            );
          }
        }
        const { overflowX, textOverflow } = getComputedStyle(part);
        if (
          part.scrollWidth > part.clientWidth + 1 &&
          part.clientWidth > 0 &&
          overflowX !== "visible"
        ) {
          found.push(`${what} is cut off${textOverflow === "ellipsis" ? ", with dots" : ""}`);
        }
        // Text that runs out of a box whose overflow can be seen.
        for (const node of part.childNodes) {
          if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) continue;
          const range = document.createRange();
          range.selectNodeContents(node);
          for (const line of range.getClientRects()) {
            if (line.left < at.left - 1 || line.right > at.right + 1) {
              found.push(`${what} runs out of its box`);
            }
          }
        }
      }
      // Buttons that lie over each other or over text.
      const leaves = [...box.querySelectorAll("button,summary,h2,p,.place,.tag")].filter((one) =>
        one.checkVisibility({ visibilityProperty: true }),
      );
      for (const [index, one] of leaves.entries()) {
        for (const other of leaves.slice(index + 1)) {
          if (one.contains(other) || other.contains(one)) continue;
          if (one.closest(".menu") || other.closest(".menu")) continue;
          const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
          const over =
            Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
            Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
          // The head's room is kept free by its padding.
          if (over && !(one.localName === "h2" && other.closest(".corner"))) {
            found.push(
              `${name}: ${one.localName} “${one.textContent?.slice(0, 20)}” lies over ${other.localName} “${other.textContent?.slice(0, 20)}”`,
            );
          }
        }
      }
    }
  }
  return [...new Set(found)];
}

describe("long texts", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  for (const [language, imitation] of Object.entries(LANGUAGES)) {
    for (const width of [320, 360, 1280]) {
      test(`${language} at ${width} px: nothing overflows, and nothing is cut off`, async (t) => {
        const collector = await startDemo([]);
        t.after(() => collector.stop());
        const all = documents(imitation, language);
        /** @type {string[]} */
        const found = [];
        const words = JSON.parse(
          await readFile(inRepository(`www/words/${language}.json`), "utf8"),
        );
        /** @param {any} text @returns {any} */
        const stretched = (text) =>
          typeof text === "string"
            ? imitation.stretch(text)
            : Object.fromEntries(Object.entries(text).map(([key, one]) => [key, stretched(one)]));

        /** Opens the demo with these pieces of content. @param {any[]} content */
        const open = async (...content) => {
          for (const one of content) await collector.publish(one);
          const page = await openPage(browser, {
            locale: language,
            viewport: { width, height: 740 },
            reducedMotion: "reduce",
          });
          t.after(() => page.context().close());
          page.setDefaultTimeout(10_000);
          await page.route("**/v1/boot", async (route) => {
            // The collector may be gone before the page is.
            const response = await route.fetch().catch(() => undefined);
            if (!response) return route.abort();
            const boot = await response.json();
            // Each comes up on its own, as if nothing had been shown before.
            Object.assign(boot, { known: {}, settings: {} });
            const ids = content.map(({ id }) => id);
            boot.content = boot.content.filter((/** @type {any} */ one) => ids.includes(one.id));
            if (boot.words) {
              for (const name of Object.keys(words)) {
                if (!["comma", "stop", "quoted"].includes(name)) {
                  boot.words[name] = stretched(words[name]);
                }
              }
            }
            await route.fulfill({ response, json: boot });
          });
          await page.addInitScript((dir) => {
            addEventListener("DOMContentLoaded", () => (document.documentElement.dir = dir));
          }, imitation.dir);
          await page.goto(collector.url);
          return page;
        };
        /** @param {import("playwright-core").Page} page @param {string} what */
        const check = async (page, what) => {
          if (process.env["SHOTS"]) {
            await page.screenshot({
              path: `${process.env["SHOTS"]}/${language}-${width}-${what.replace(/\W+/g, "-")}.png`,
            });
          }
          for (const fault of await page.evaluate(faults)) found.push(`${what}: ${fault}`);
        };

        {
          const page = await open(all.list);
          await page.widget.launcher.waitFor();
          await check(page, "launcher");
          await page.widget.launcher.click();
          await page.widget.panel.waitFor();
          await check(page, "panel");
          for (const [index, what] of ["open task", "locked task"].entries()) {
            const task = page.widget.panel.locator(".task h3 button").nth(index);
            await task.click();
            await page.widget.panel.locator(".body").waitFor();
            await check(page, what);
          }
          await page.widget.panel.locator("[data-dismiss]").click();
          await page.widget.panel.locator(".question").waitFor();
          await check(page, "question");
        }
        for (const [what, content] of Object.entries({
          modal: all.modal,
          banner: all.banner,
          tip: all.tip,
          note: all.note,
        })) {
          const page = await open(content);
          await page.widget.tip.waitFor();
          await check(page, what);
          const more = page.widget.tip.locator("summary");
          if (await more.count()) {
            await more.click();
            await check(page, `${what}'s menu`);
          }
        }
        const page = await open(all.tour);
        await page.widget.tip.waitFor();
        await check(page, "first step");
        await page.widget.tip.locator(".foot .button").first().click();
        await page.widget.tip.locator(".foot .tool").waitFor();
        await check(page, "second step");
        assert.deepEqual(found, []);
      });
    }
  }
});
