/**
 * A tour through an application that draws itself anew several times a second, gone through as a
 * user does, in whatever browser.
 */
import assert from "node:assert/strict";
import { eventually } from "./eventually.mjs";

/** Over both pages of the applications in `tests/hosts/restless`. */
export const TOUR = {
  id: "restless",
  kind: "tour",
  title: "A look around",
  frequency: "once",
  steps: [
    { id: "open", title: "What is open", body: "Counted anew.", target: "[data-hs=open]" },
    {
      id: "orders",
      title: "On to the orders",
      body: "Press *Orders* to go on.",
      target: ["[data-hs=nav-orders]", 'role=link[name="Orders"]'],
      spotlight: "usable",
      advance_when: { page: { path: "/orders" } },
    },
    {
      id: "new",
      title: "Here one begins",
      body: "A button without a name of ours.",
      target: 'role=button[name="New order"]',
      spotlight: "blocked",
    },
    { id: "ada", title: "And here she is", body: "Wherever.", target: 'main li:text("Ada")' },
  ],
};

/** How long anything may take on a busy machine, milliseconds. */
const WITHIN = 60_000;
/** So far a card may be from its target, CSS pixels. */
const NEAR = 30;
/** So many elements in a target's place are waited for. */
const REPLACED = 6;

/**
 * A page of any browser: its script runs with the widget's root open.
 *
 * @typedef {object} Page
 * @property {<Arguments extends unknown[], Answer>(script: (...args: Arguments) => Answer,
 *   ...args: Arguments) => Promise<Awaited<Answer>>} run
 * @property {(x: number, y: number) => Promise<unknown>} click
 * @property {() => Promise<unknown>} reload
 */

/** The heading of the card that is up, if one is. @param {Page} page */
const heading = (page) =>
  page.run(() => {
    const root = document.querySelector("[data-headstart]")?.shadowRoot;
    return root?.querySelector(".card h2")?.textContent ?? "";
  });

/** @param {Page} page @param {string} title */
const isAt = (page, title) =>
  eventually(
    () => heading(page),
    (found) => found === title,
    { within: WITHIN, what: `the step "${title}"` },
  );

/**
 * Clicks on something until that had an effect: it may be another element, elsewhere, by the time
 * that the mouse is there.
 *
 * @param {Page} page
 * @param {string} what a selector of the page, or of the widget if it begins with `>>> `
 * @param {() => Promise<boolean>} done
 */
async function clickUntil(page, what, done) {
  const end = Date.now() + WITHIN;
  while (!(await done())) {
    assert.ok(Date.now() < end, `clicks on ${what} had no effect; up is "${await heading(page)}"`);
    const place = await page.run((what) => {
      const root = document.querySelector("[data-headstart]")?.shadowRoot;
      const inside = what.startsWith(">>> ");
      const found = (inside ? root : document)?.querySelector(what.replace(">>> ", ""));
      const box = found?.getBoundingClientRect();
      return box?.width ? [box.x + box.width / 2, box.y + box.height / 2] : null;
    }, what);
    if (place) await page.click(Number(place[0]), Number(place[1]));
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** Goes on by the card's button. @param {Page} page @param {string} title of the step to come to */
async function next(page, title) {
  await clickUntil(page, ">>> .card .foot .button", async () => (await heading(page)) === title);
}

/**
 * Watches the card while its target becomes another element, or moves, some times. A machine that is
 * busy draws so seldom that each time the target may be another: so it is to be near again and again,
 * not always, and the same card all the time.
 *
 * @param {Page} page
 * @param {string} target a selector of the page
 * @param {string} [text] that it has
 */
async function staysNear(page, target, text = "") {
  const { near, far, changes, cards } = await page.run(
    (target, text, NEAR, REPLACED, WITHIN) =>
      new Promise(
        (
          /** @type {(found: { near: number, far: number[], changes: number, cards: number }) => void} */ resolve,
        ) => {
          let near = 0;
          let changes = -1;
          /** @type {number[]} */
          const far = [];
          const cards = new Set();
          /** @type {unknown} */
          let last;
          const end = performance.now() + WITHIN;
          const look = () => {
            const card = document
              .querySelector("[data-headstart]")
              ?.shadowRoot?.querySelector(".card");
            const found = [...document.querySelectorAll(target)].find((one) =>
              one.textContent?.includes(text),
            );
            if (card && found) {
              const [box, of] = [card.getBoundingClientRect(), found.getBoundingClientRect()];
              const now = text ? Math.round(of.top) : found;
              if (now !== last) changes += 1;
              last = now;
              cards.add(card);
              const gap = Math.max(
                box.left - of.right,
                of.left - box.right,
                box.top - of.bottom,
                of.top - box.bottom,
              );
              if (gap < NEAR && box.width) near += 1;
              else far.push(Math.round(gap));
            } else far.push(-1);
            const enough = changes >= REPLACED && near >= REPLACED;
            if (!enough && performance.now() < end) requestAnimationFrame(look);
            else resolve({ near, far, changes, cards: cards.size });
          };
          requestAnimationFrame(look);
        },
      ),
    target,
    text,
    NEAR,
    REPLACED,
    WITHIN,
  );
  assert.ok(changes >= REPLACED, `${target} was replaced ${changes} times only`);
  assert.ok(
    near >= REPLACED,
    `near ${near} times, far ${far.length} times (${far.slice(0, 20).join(" ")} px)`,
  );
  assert.equal(cards, 1, "the card is the same all the time");
}

/** From the first step to the last, with a reload on the way. @param {Page} page */
export async function goThrough(page) {
  await isAt(page, "What is open");
  await staysNear(page, "[data-hs=open]");
  await next(page, "On to the orders");
  await staysNear(page, "[data-hs=nav-orders]");
  await clickUntil(page, "[data-hs=nav-orders]", () =>
    page.run(() => location.pathname === "/orders"),
  );
  await isAt(page, "Here one begins");
  await staysNear(page, "main button");

  await page.reload();
  await isAt(page, "Here one begins");
  await staysNear(page, "main button");
  await next(page, "And here she is");
  await staysNear(page, "main li", "Ada");
  await next(page, "");

  await page.reload();
  await eventually(
    () => page.run(() => document.querySelector("[data-beat]")?.getAttribute("data-beat")),
    (beat) => Number(beat) > 10,
    { within: WITHIN, what: "the application" },
  );
  assert.equal(await heading(page), "", "it is over for good");
}
