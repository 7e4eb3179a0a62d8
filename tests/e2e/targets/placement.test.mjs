/** Where a tip is, in the places where pointing goes wrong: one test for each. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { eventually } from "../browser.mjs";
import { Stand, TIP, geometry, points, sideOf } from "./stand.mjs";

const BUTTON = `<button data-hs="target">Target</button>`;
const at = (/** @type {string} */ css, inside = BUTTON) =>
  `<div style="position: absolute; ${css}">${inside}</div>`;
const tall = (/** @type {string} */ inside) => `<div style="height: 3000px">${inside}</div>`;

describe("a tip", () => {
  /** @type {Stand} */
  let stand;
  before(async () => {
    stand = await Stand.open();
  });
  after(() => stand.close());

  /** Bodies on which nothing has to be done, and the side where that is known. @type {[string, string, (string | undefined)?, string?][]} */
  const TRAPS = [
    ["has room below", at("left: 300px; top: 200px"), "bottom"],
    ["flips above where there is no room below", at("left: 300px; bottom: 10px"), "top"],
    ["is shifted into the window at its left edge", at("left: 8px; top: 200px"), "bottom"],
    ["is shifted into the window at its right edge", at("right: 8px; top: 200px"), "bottom"],
    [
      "goes aside where there is no room above and below",
      at(
        "left: 500px; top: 5px",
        `<div data-hs="target" style="width: 90px; height: 780px">T</div>`,
      ),
    ],
    ["points at a fixed target", tall(at("position: fixed; left: 300px; top: 200px")), "bottom"],
    [
      "points into an open shadow root",
      `<x-host style="position: absolute; left: 300px; top: 200px"><template shadowrootmode="open"><button data-hs="inner">Inner</button></template></x-host>`,
      "bottom",
    ],
    [
      "points into an iframe of the same origin",
      `<iframe srcdoc='<body style="margin: 40px"><button data-hs="framed">Framed</button>' style="position: absolute; left: 300px; top: 150px; width: 300px; height: 200px"></iframe>`,
      "bottom",
    ],
    [
      "points at what has no box of its own",
      at(
        "left: 300px; top: 200px",
        `<div data-hs="target" style="display: contents"><b>One</b> <i>two</i></div>`,
      ),
      "bottom",
    ],
    [
      "points at what has no size of its own",
      at(
        "left: 300px; top: 200px",
        `<div data-hs="target" style="height: 0; width: 0"><b style="position: absolute">One</b></div>`,
      ),
      "bottom",
    ],
    [
      "points at a target that is drawn elsewhere than laid out",
      at(
        "left: 300px; top: 200px",
        `<button data-hs="target" style="transform: translate(60px, 40px) scale(1.5)">T</button>`,
      ),
      "bottom",
    ],
    [
      "points at a target in a container that is transformed",
      at("left: 300px; top: 100px; transform: rotate(5deg) scale(0.8)"),
      "bottom",
    ],
    [
      "points at a target in containing blocks of every kind",
      `<div style="filter: blur(0); contain: layout; will-change: transform; perspective: 100px; position: absolute; left: 200px; top: 100px; overflow: clip; width: 400px; height: 300px"><div style="position: fixed; left: 50px; top: 60px">${BUTTON}</div></div>`,
      "bottom",
    ],
    [
      "points in text that runs from right to left",
      at("left: 300px; top: 200px"),
      "bottom",
      `dir="rtl"`,
    ],
    [
      "points in vertical text",
      at("left: 300px; top: 200px"),
      "bottom",
      `style="writing-mode: vertical-rl"`,
    ],
    [
      "points on a page that is zoomed",
      at("left: 300px; top: 200px"),
      "bottom",
      `style="zoom: 1.5"`,
    ],
    [
      "points at a shape in a drawing",
      `<svg width="400" height="300"><rect data-hs="target" x="150" y="90" width="60" height="40" /></svg>`,
      "bottom",
    ],
    [
      "points at a link that breaks over two lines",
      at(
        "left: 300px; top: 200px; width: 200px",
        `Some words before <a href="#" data-hs="target">a link that does not fit a line</a>, and some after it`,
      ),
      "bottom",
    ],
    [
      "points in a table, a flex box and a grid",
      at(
        "left: 300px; top: 200px",
        `<table><tr><td style="display: grid"><span style="display: inline-flex">${BUTTON}</span></td></tr></table>`,
      ),
      "bottom",
    ],
  ];
  for (const [name, body, side, attributes] of TRAPS) {
    test(name, () =>
      stand.on(body, async (page) => void (await points(page, side)), { attributes }),
    );
  }

  test("lies exactly over a target at fractions of a pixel, and does not move by itself", () =>
    stand.on(
      at(
        "left: 300.37px; top: 200.61px",
        `<div data-hs="target" style="width: 90.3px; height: 30.7px">T</div>`,
      ),
      async (page) => {
        await points(page, "bottom");
        const { apart, places } = await page.evaluate(async () => {
          const root = document.querySelector("[data-headstart]")?.shadowRoot;
          const [mark, card, target] = [
            root?.querySelector(".mark"),
            root?.querySelector(".card"),
            document.querySelector("[data-hs=target]"),
          ].map((one) => /** @type {Element} */ (one));
          const boxOf = (/** @type {Element | undefined} */ one) => {
            const { left = 0, top = 0, width = 0, height = 0 } = one?.getBoundingClientRect() ?? {};
            return [left, top, width, height];
          };
          const places = new Set();
          for (let frames = 0; frames < 30; frames += 1) {
            places.add(String(boxOf(card)));
            dispatchEvent(new Event("resize"));
            await new Promise(requestAnimationFrame);
          }
          const own = boxOf(target);
          return {
            apart: boxOf(mark).map((side, at) => side - Number(own[at])),
            places: [...places],
          };
        });
        assert.ok(
          apart.every((by) => Math.abs(by) <= 0.5),
          String(apart),
        );
        assert.equal(places.length, 1, places.join("; "));
      },
    ));

  /** @type {[string, string][]} */
  const HIDDEN = [
    ["scrolls to a target far down the page", tall(at("left: 300px; top: 2500px"))],
    [
      "scrolls to a target deep in nested scrollers",
      `<div style="position: absolute; left: 200px; top: 100px; width: 500px; height: 500px; overflow: auto"><div style="height: 1500px; padding-top: 900px"><div style="width: 400px; height: 300px; overflow: auto"><div style="height: 900px; padding: 600px 100px 0">${BUTTON}</div></div></div></div>`,
    ],
  ];
  for (const [name, body] of HIDDEN) {
    test(name, () => stand.on(body, async (page) => void (await points(page)), { asked: true }));
  }

  test("that came by itself does not scroll the page away, and is there when the user comes to it", () =>
    stand.on(
      tall(at("left: 300px; top: 2500px")),
      async (page) => {
        await page.widget.tip.waitFor({ state: "attached" });
        // As long as scrolling to it would have taken.
        await page.waitForTimeout(1500);
        assert.equal(await page.evaluate(() => scrollY), 0);
        assert.equal((await geometry(page)).visible, false);
        await page.evaluate(() => scrollTo(0, 2200));
        await points(page);
      },
      { waits: false },
    ));

  test("that is asked for while it is up, but not in view, is scrolled to", () =>
    stand.on(
      tall(at("left: 300px; top: 2500px")),
      async (page) => {
        await page.widget.tip.waitFor({ state: "attached" });
        assert.equal(await page.evaluate(() => scrollY), 0);
        await page.evaluate((id) => /** @type {any} */ (window).headstart("show", id), TIP.id);
        await page.widget.tip.waitFor();
        await points(page);
      },
      { waits: false },
    ));

  test("follows its target through nested scrollers", () =>
    stand.on(
      `<div id="outer" style="position: absolute; left: 200px; top: 50px; width: 500px; height: 600px; overflow: auto"><div style="height: 1500px; padding-top: 200px"><div id="inner" style="width: 400px; height: 300px; overflow: auto"><div style="height: 900px; padding: 150px 100px 0">${BUTTON}</div></div></div></div>`,
      async (page) => {
        await points(page);
        for (const [id, by] of /** @type {[string, number][]} */ ([
          ["outer", 60],
          ["inner", 50],
        ])) {
          await page.evaluate(
            ([id, by]) => document.querySelector(`#${id}`)?.scrollBy(0, Number(by)),
            [id, by],
          );
          await points(page);
        }
      },
    ));

  test("is hidden while its target is behind the edge of what scrolls, and comes back", () =>
    stand.on(
      `<div id="scroller" style="position: absolute; left: 200px; top: 200px; width: 400px; height: 200px; overflow: auto"><div style="height: 1500px; padding-top: 50px">${BUTTON}</div></div>`,
      async (page) => {
        await points(page);
        const scroll = (/** @type {number} */ top) =>
          page.evaluate((top) => document.querySelector("#scroller")?.scrollTo(0, top), top);
        await scroll(600);
        await eventually(
          () => geometry(page),
          ({ visible }) => !visible,
        );
        await scroll(0);
        await points(page);
      },
    ));

  test("follows what is scrolled within an iframe", () =>
    stand.on(
      `<iframe srcdoc='<body style="margin: 0; height: 2000px; padding-top: 100px"><button data-hs="framed">Framed</button>' style="position: absolute; left: 300px; top: 150px; width: 300px; height: 300px"></iframe>`,
      async (page) => {
        const first = await points(page);
        await page.evaluate(() => document.querySelector("iframe")?.contentWindow?.scrollBy(0, 60));
        const second = await eventually(
          () => geometry(page),
          (now) => Math.abs(first.tip.top - now.tip.top - 60) < 2,
        );
        assert.equal(sideOf(second), "bottom");
      },
    ));

  test("stays with a sticky target", () =>
    stand.on(
      tall(
        `<div style="height: 100px"></div><div style="position: sticky; top: 20px; margin-left: 300px">${BUTTON}</div>`,
      ),
      async (page) => {
        for (const top of [0, 90, 400, 1200]) {
          await page.evaluate((top) => scrollTo(0, top), top);
          await points(page, "bottom");
        }
      },
    ));

  test("stays with a target that moves, is resized and is replaced", () =>
    stand.on(at("left: 300px; top: 200px"), async (page) => {
      for (const change of [
        (/** @type {HTMLElement} */ target) => (target.style.marginLeft = "120px"),
        (/** @type {HTMLElement} */ target) => (target.style.height = "90px"),
        (/** @type {HTMLElement} */ target) => (target.outerHTML = target.outerHTML),
        (/** @type {HTMLElement} */ target) => (target.style.transform = "translateY(80px)"),
      ]) {
        await page.locator("[data-hs=target]").evaluate(/** @type {any} */ (change));
        await points(page, "bottom");
      }
    }));

  test("comes out from beneath a sticky header and a fixed footer", () =>
    stand.on(
      `<div style="position: sticky; top: 0; height: 300px; background: #ddd; z-index: 5"></div><div style="position: fixed; bottom: 0; height: 120px; width: 100%; background: #ddd; z-index: 5"></div><div style="height: 2600px; padding-top: 1200px">${BUTTON}</div>`,
      async (page) => {
        await points(page);
        const { target } = await geometry(page);
        assert.ok(target.top >= 300 && target.bottom <= 680, JSON.stringify(target));
      },
      { asked: true },
    ));

  test("is used within a modal dialog, of which nothing is changed, and goes home when it closes", () =>
    stand.on(
      `<dialog id="dialog" style="width: 500px; height: 400px"><p>Dialog</p>${BUTTON}</dialog><button id="open" onclick="dialog.showModal()">Open</button>`,
      async (page) => {
        await page.locator("#open").click();
        await page.widget.tip.waitFor();
        await points(page);
        const attributes = await page.evaluate(() =>
          document.querySelector("#dialog")?.getAttributeNames().sort(),
        );
        assert.deepEqual(attributes, ["id", "open", "style"]);
        await page.keyboard.press("Tab");
        await page.widget.button("Close").click({ timeout: 3000 });
        await page.widget.tip.waitFor({ state: "detached" });
        await page.evaluate(() => /** @type {any} */ (document.querySelector("#dialog")).close());
        await eventually(
          () =>
            page.evaluate(
              () => document.querySelector("[data-headstart]")?.parentElement?.localName,
            ),
          (name) => name === "body",
        );
      },
      // Of itself it would wait until the dialog is closed.
      { waits: false },
    ));

  test("does not close the popover that its target is in when it is used", () =>
    stand.on(
      `<div id="menu" popover style="inset: 100px auto auto 300px; width: 300px; height: 200px">${BUTTON}</div><button id="open" popovertarget="menu">Open</button>`,
      async (page) => {
        await page.locator("#open").click();
        await page.widget.tip.waitFor();
        await points(page);
        await page.widget.button("Close").click({ timeout: 3000 });
        await page.widget.tip.waitFor({ state: "detached" });
        assert.ok(await page.locator("#menu").evaluate((menu) => menu.matches(":popover-open")));
      },
      { waits: false },
    ));

  test("is a sheet at the bottom of a small screen, and at the top where it would cover its target", () =>
    stand.on(
      at("left: 20px; top: 60px"),
      async (page) => {
        const low = await geometry(page);
        assert.ok(low.tip.bottom > 560 && low.tip.top > low.target.bottom, JSON.stringify(low));
        assert.ok(low.tip.left >= 0 && low.tip.right <= 320);
        await page.evaluate(() => {
          const box = /** @type {HTMLElement} */ (document.querySelector("body > div"));
          box.style.top = "520px";
        });
        await eventually(
          () => geometry(page),
          ({ tip, target }) => tip.bottom < target.top && tip.top >= 0,
        );
      },
      { context: { viewport: { width: 320, height: 600 } } },
    ));

  test("is above the keyboard of a phone", () =>
    stand.on(
      at("left: 20px; top: 60px"),
      async (page) => {
        await page.evaluate(() => {
          const seen = /** @type {VisualViewport} */ (visualViewport);
          Object.defineProperty(seen, "height", { value: 340, configurable: true });
          seen.dispatchEvent(new Event("resize"));
        });
        await eventually(
          () => geometry(page),
          ({ tip }) => tip.bottom <= 340 && tip.top > 90,
        );
      },
      { context: { viewport: { width: 320, height: 600 } } },
    ));

  test("keeps to its target when the page is zoomed by two fingers", () =>
    stand.on(
      at("left: 300px; top: 200px"),
      async (page) => {
        const tools = await page.context().newCDPSession(page);
        await tools.send("Emulation.setPageScaleFactor", { pageScaleFactor: 2 });
        await points(page);
      },
      { context: { viewport: { width: 800, height: 600 }, isMobile: true, hasTouch: true } },
    ));

  test("is at the edge of the screen, without an arrow, in a browser that cannot anchor", () =>
    stand.on(
      at("left: 300px; top: 200px"),
      async (page) => {
        const { tip, target, visible, arrows, window } = await geometry(page);
        assert.ok(visible);
        assert.ok(tip.top >= 0 && tip.right <= window.width && tip.left >= target.right);
        assert.ok(arrows.every(({ x }) => Number.isNaN(x)));
        await page.widget.button("Close").click({ timeout: 3000 });
      },
      { before: withoutAnchoring },
    ));

  test("can be used in a browser without popovers, too", () =>
    stand.on(
      at("left: 300px; top: 200px"),
      async (page) => void (await page.widget.button("Close").click({ timeout: 3000 })),
      {
        before: () => {
          delete (/** @type {any} */ (HTMLElement.prototype).showPopover);
          // Or this browser would hide what has the attribute.
          const { setAttribute } = Element.prototype;
          Element.prototype.setAttribute = function (name, value) {
            if (name !== "popover") setAttribute.call(this, name, value);
          };
        },
      },
    ));
});

/** As a browser reads a style sheet that does not know of anchoring: it leaves those lines out. */
function withoutAnchoring() {
  const { replaceSync } = CSSStyleSheet.prototype;
  CSSStyleSheet.prototype.replaceSync = function (text) {
    const known = text
      .replace(/@position-try[^}]*\}/g, "")
      .replace(/[a-z-]+:[^;{}]*anchor[^;{}]*(?=[;}])/g, "")
      .replace(/(position-area|position-try-fallbacks|position-anchor|anchor-name):[^;}]*/g, "");
    return replaceSync.call(this, known);
  };
}
