/** Where a tip is while the page scrolls in ways of its own. */
import { after, before, describe, test } from "node:test";
import { eventually } from "../browser.mjs";
import { Stand, geometry, points } from "./stand.mjs";

/** A list of 200 rows in the elements of a few: each shows the row that is where it is. */
const VIRTUAL = `<ol id="list" style="position: absolute; left: 200px; top: 100px; width: 300px; height: 400px; margin: 0; padding: 0; overflow: auto; list-style: none"><div style="height: 8000px"></div></ol><script>{
  const rows = Array.from({ length: 12 }, () => {
    const row = document.createElement("li");
    row.style.cssText = "position: absolute; top: 0; height: 40px; width: 200px";
    list.append(row);
    return row;
  });
  const draw = () => {
    const first = Math.floor(list.scrollTop / 40);
    rows.forEach((row, index) => {
      row.style.transform = "translateY(" + (first + index) * 40 + "px)";
      row.textContent = "Row " + (first + index);
    });
  };
  list.addEventListener("scroll", draw);
  draw();
}</script>`;

/** What covers the page's start and end, its middle too. */
const BARS = `<div style="position: sticky; top: 0; height: 450px; background: #ddd; z-index: 5"></div><div style="position: fixed; bottom: 0; height: 120px; width: 100%; background: #ddd; z-index: 5"></div>`;
const BUTTON = `<button data-hs="target">Target</button>`;
const SMOOTH = `<style>html, div { scroll-behavior: smooth }</style>`;
/** Far down the page. */
const DOWN = `<div style="height: 4000px; padding-top: 2200px">${BUTTON}</div>`;
/** Far down what scrolls a little, far down the page. */
const WITHIN = `<div style="height: 4000px; padding-top: 2200px"><div style="height: 300px; overflow: auto"><div style="height: 900px; padding: 350px 100px 0">${BUTTON}</div></div></div>`;

describe("a tip on a page that scrolls", () => {
  /** @type {Stand} */
  let stand;
  before(async () => {
    stand = await Stand.open();
  });
  after(() => stand.close());

  test("comes with the row it is about in a virtualised list, and stays with it whichever element shows it", () =>
    stand.on(
      VIRTUAL,
      async (page) => {
        const scroll = (/** @type {number} */ top) =>
          page.evaluate((top) => document.querySelector("#list")?.scrollTo(0, top), top);
        await scroll(2200);
        await page.widget.tip.waitFor();
        for (const top of [2200, 2190, 2240, 2320, 2120]) {
          await scroll(top);
          await points(page);
        }
        // Its element shows another row now.
        await scroll(400);
        await page.widget.tip.waitFor({ state: "hidden" });
        await scroll(2200);
        await page.widget.tip.waitFor();
        await points(page);
      },
      { waits: false },
    ));

  for (const reducedMotion of /** @type {const} */ (["reduce", "no-preference"])) {
    for (const [where, body] of [
      ["the page", DOWN],
      ["what scrolls in it", WITHIN],
    ]) {
      const motion = reducedMotion === "reduce" ? ", for users who want no motion" : "";
      test(`scrolls ${where} to its target where the page makes all scrolling smooth${motion}`, () =>
        stand.on(
          SMOOTH + BARS + body,
          async (page) => {
            /** @type {number | undefined} */
            let before;
            // At rest, and clear of the bars.
            await eventually(
              () => geometry(page),
              ({ target: { top, bottom } }) => {
                const rests = top === before;
                before = top;
                return rests && top >= 450 && bottom <= 680;
              },
              { within: 6000 },
            );
            await points(page);
          },
          { asked: true, context: { reducedMotion } },
        ));
    }
  }
});
