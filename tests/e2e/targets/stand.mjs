/** A page with one tip on it, whose target is in one of the places where targets are hard to point at. */
import assert from "node:assert/strict";
import { serveHost, snippet } from "../../hosts/serve.mjs";
import { eventually, launch, openPage } from "../browser.mjs";
import { startCollector } from "../collector.mjs";

/** Points at whichever of these the page has. */
export const TIP = {
  id: "pointer",
  kind: "tip",
  target:
    '[data-hs=target] || x-host >>> [data-hs=inner] || iframe >>> [data-hs=framed] || li:text("Row 60")',
  title: "Here",
  body: "This is what it is about.",
  action: { label: "Go on", callback: "go" },
};

/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box */
/** @typedef {{ target: Box, tip: Box, arrows: { x: number, y: number }[], visible: boolean, window: { width: number, height: number } }} Geometry */

export class Stand {
  /** @param {import("playwright-core").Browser} browser @param {import("../collector.mjs").Collector} collector */
  constructor(browser, collector) {
    this.browser = browser;
    this.collector = collector;
  }

  static async open() {
    const collector = await startCollector();
    await collector.publish(TIP);
    return new Stand(await launch(), collector);
  }

  async close() {
    await this.browser.close();
    await this.collector.stop();
  }

  /**
   * Runs a test on a page with this body, once the tip is up.
   *
   * @param {string} body
   * @param {(page: Awaited<ReturnType<typeof openPage>>) => Promise<void>} check
   * @param {{ attributes?: string, before?: () => void, context?: import("playwright-core").BrowserContextOptions, waits?: boolean, asked?: boolean }} [options]
   *   `attributes` of the html element; `before` runs in the page first; `waits: false` where no tip is
   *   to come up; `asked`: the user asks for the tip, as soon as the widget is there
   */
  async on(
    body,
    check,
    { attributes = "", before, context = {}, waits = true, asked = false } = {},
  ) {
    const { writeKey, url } = this.collector;
    const host = await serveHost({
      collector: url,
      handler: (_request, response, { pathname }) => {
        if (pathname !== "/") return false;
        response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
        response.end(
          `<!doctype html><html ${attributes}><head><title>Trap</title>${snippet({ writeKey })}</head><body style="margin: 0">${body}</body></html>`,
        );
        return true;
      },
    });
    const page = await openPage(this.browser, { reducedMotion: "reduce", ...context });
    try {
      if (before) await page.addInitScript(before);
      await page.goto(host.url);
      if (asked)
        await page.evaluate((id) => /** @type {any} */ (window).headstart("show", id), TIP.id);
      if (waits) await page.widget.tip.waitFor({ timeout: 30_000 });
      await check(page);
      assert.deepEqual(page.problems, []);
    } finally {
      await page.context().close();
      await host.close();
    }
  }
}

/** Where all is now. @param {import("playwright-core").Page} page @returns {Promise<Geometry>} */
export const geometry = (page) =>
  page.evaluate(() => {
    const find = () => {
      const rows = [...document.querySelectorAll("li")];
      const own =
        document.querySelector("[data-hs=target]") ??
        rows.find(({ textContent }) => textContent === "Row 60");
      if (own) return { element: own, x: 0, y: 0 };
      const inner = document.querySelector("x-host")?.shadowRoot?.querySelector("[data-hs=inner]");
      if (inner) return { element: inner, x: 0, y: 0 };
      const frame = /** @type {HTMLIFrameElement} */ (document.querySelector("iframe"));
      const around = frame.getBoundingClientRect();
      const element = frame.contentDocument?.querySelector("[data-hs=framed]");
      return { element, x: around.left + frame.clientLeft, y: around.top + frame.clientTop };
    };
    const { element, x, y } = find();
    /** @param {DOMRect} rect */
    const box = ({ left, top, right, bottom }) => ({ left, top, right, bottom });
    const range = document.createRange();
    let rect = /** @type {Element} */ (element).getBoundingClientRect();
    if (!rect.width) {
      range.selectNodeContents(/** @type {Element} */ (element));
      rect = range.getBoundingClientRect();
    }
    const tip = /** @type {Element} */ (
      document.querySelector("[data-headstart]")?.shadowRoot?.querySelector(".card")
    );
    const target = box(rect);
    const zoom = /** @type {any} */ (tip).currentCSSZoom ?? 1;
    // Styles tell where things were laid out, boxes how far scrolling has carried them since; of the
    // arrows, which are no elements, there are only styles, but they scroll with the mark.
    const mark = /** @type {Element} */ (tip.parentElement?.querySelector(".mark"));
    const laidOut = getComputedStyle(mark);
    const drawn = mark.getBoundingClientRect();
    const shift = {
      x: drawn.left - parseFloat(laidOut.left) * zoom,
      y: drawn.top - parseFloat(laidOut.top) * zoom,
    };
    return {
      target: {
        left: target.left + x,
        right: target.right + x,
        top: target.top + y,
        bottom: target.bottom + y,
      },
      tip: box(tip.getBoundingClientRect()),
      arrows: ["::before", "::after"].map((part) => {
        const { content, left, top } = getComputedStyle(tip, part);
        if (content === "none") return { x: NaN, y: NaN };
        return { x: parseFloat(left) * zoom + shift.x, y: parseFloat(top) * zoom + shift.y };
      }),
      visible: tip.checkVisibility({ visibilityProperty: true }),
      window: { width: innerWidth, height: innerHeight },
    };
  });

/** On which side of its target the tip is; nothing if it is not beside it, or over it. @param {Geometry} geometry */
export function sideOf({ target, tip }) {
  const across = tip.left < target.right && tip.right > target.left;
  const along = tip.top < target.bottom && tip.bottom > target.top;
  const near = (/** @type {number} */ gap) => gap >= 0 && gap < 30;
  if (across && near(tip.top - target.bottom)) return "bottom";
  if (across && near(target.top - tip.bottom)) return "top";
  if (along && near(tip.left - target.right)) return "right";
  if (along && near(target.left - tip.right)) return "left";
  return undefined;
}

/**
 * Waits until the tip is beside its target, wholly on the screen, with an arrow that points at it.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} [side] which it must be on
 */
export async function points(page, side) {
  const found = await eventually(
    () => geometry(page),
    (now) =>
      now.visible && isOnScreen(now) && (side ? sideOf(now) === side : !!sideOf(now)) && aims(now),
    { what: `the tip ${side ?? "beside"} its target`, within: 5000 },
  );
  return found;
}

/** @param {Geometry} geometry */
function isOnScreen({ tip, window }) {
  const { left, top, right, bottom } = tip;
  return left >= -1 && top >= -1 && right <= window.width + 1 && bottom <= window.height + 1;
}

/** Whether an arrow sticks out at the side of the target, before it. @param {Geometry} geometry */
function aims(geometry) {
  const { target, tip, arrows } = geometry;
  const side = sideOf(geometry);
  const [first, second] = arrows;
  if (!first || !second) return false;
  // The arrows' left and top are those of their middle.
  const edge = { bottom: tip.top, top: tip.bottom, right: tip.left, left: tip.right }[
    side ?? "top"
  ];
  return side === "bottom" || side === "top"
    ? Math.abs(first.y - edge) < 2 && first.x > target.left - 1 && first.x < target.right + 1
    : Math.abs(second.x - edge) < 2 && second.y > target.top - 1 && second.y < target.bottom + 1;
}
