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
/** How long after all stands still, its transitions too, the card may take to its place, milliseconds. */
const SETTLED = 5_000;
/** How far a card is from its target, and from the window's edge at least, CSS pixels. */
const [GAP, EDGE] = [14, 8];
/** So much all of that may be out, CSS pixels. */
const TOLERANCE = 1.5;
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
 * Watches the card while its target becomes another element, or moves, some times: it is the same card in
 * every frame. Then has the application stand still, and the card is at its target.
 *
 * @param {Page} page
 * @param {string} target a selector of the page
 * @param {string} [text] that it has
 */
async function stays(page, target, text = "") {
  const { frames, changes, missing, cards } = await page.run(
    (target, text, REPLACED, WITHIN) =>
      new Promise(
        (
          /** @type {(found: { frames: number, changes: number, missing: number, cards: number }) => void} */ resolve,
        ) => {
          let [frames, changes, missing] = [0, -1, 0];
          const cards = new Set();
          /** @type {unknown} */
          let last;
          const end = performance.now() + WITHIN;
          const look = () => {
            const root = document.querySelector("[data-headstart]")?.shadowRoot;
            const card = root?.querySelector(".card");
            const found = [...document.querySelectorAll(target)].find((one) =>
              one.textContent?.includes(text),
            );
            const now = text ? Math.round(found?.getBoundingClientRect().top ?? 0) : found;
            if (found && now !== last) changes += 1;
            if (found) last = now;
            frames += 1;
            if (card?.getBoundingClientRect().width) cards.add(card);
            else missing += 1;
            if (changes < REPLACED && performance.now() < end) requestAnimationFrame(look);
            else resolve({ frames, changes, missing, cards: cards.size });
          };
          requestAnimationFrame(look);
        },
      ),
    target,
    text,
    REPLACED,
    WITHIN,
  );
  assert.ok(changes >= REPLACED, `${target} was replaced ${changes} times only`);
  assert.equal(missing, 0, `without a card ${missing} of ${frames} times`);
  assert.equal(cards, 1, "the card is the same all the time");

  await page.run(() => void (window.still = true));
  await eventually(
    () => apart(page, target, text),
    ({ length }) => length === 0,
    {
      within: SETTLED,
      what: `that the card is at ${target} ${text}, once all stands still,`,
    },
  );
  await page.run(() => void (window.still = false));
}

/**
 * What keeps the card from being at its target: nothing if its mark lies over that, and it is beside it,
 * in its middle or else at the window's edge.
 *
 * @param {Page} page
 * @param {string} target a selector of the page
 * @param {string} text that it has
 */
async function apart(page, target, text) {
  const found = await page.run(
    (target, text) => {
      const root = document.querySelector("[data-headstart]")?.shadowRoot;
      const element = [...document.querySelectorAll(target)].find((one) =>
        one.textContent?.includes(text),
      );
      const [card, mark, of] = [
        root?.querySelector(".card"),
        root?.querySelector(".mark"),
        element,
      ].map((one) => {
        const { left = 0, top = 0, right = 0, bottom = 0 } = one?.getBoundingClientRect() ?? {};
        return { left, top, right, bottom };
      });
      return { card, mark, of, width: innerWidth, height: innerHeight };
    },
    target,
    text,
  );
  const [card, mark, of] = /** @type {Record<"left" | "top" | "right" | "bottom", number>[]} */ ([
    found.card,
    found.mark,
    found.of,
  ]);
  if (!card || !mark || !of) return ["there is none"];
  const near = (/** @type {number} */ one, /** @type {number} */ other) =>
    Math.abs(one - other) <= TOLERANCE;
  const wrong = [];
  for (const side of /** @type {const} */ (["left", "top", "right", "bottom"])) {
    if (!near(mark[side], of[side])) wrong.push(`mark: ${side} ${mark[side]}, not ${of[side]}`);
  }
  const gaps = [
    card.top - of.bottom,
    of.top - card.bottom,
    card.left - of.right,
    of.left - card.right,
  ];
  const side = gaps.findIndex((gap) => near(gap, GAP));
  const [start, end, size] =
    side < 2
      ? /** @type {const} */ (["left", "right", "width"])
      : /** @type {const} */ (["top", "bottom", "height"]);
  const centred = near(card[start] + card[end], of[start] + of[end]);
  const atEdge = near(card[start], EDGE) || near(card[end], found[size] - EDGE);
  if (side < 0) wrong.push(`gaps: ${gaps.join(" ")}`);
  else if (!centred && !atEdge) wrong.push(`from ${card[start]} to ${card[end]}`);
  return wrong;
}

/** From the first step to the last, with a reload on the way. @param {Page} page */
export async function goThrough(page) {
  await isAt(page, "What is open");
  await stays(page, "[data-hs=open]");
  await next(page, "On to the orders");
  await stays(page, "[data-hs=nav-orders]");
  await clickUntil(page, "[data-hs=nav-orders]", () =>
    page.run(() => location.pathname === "/orders"),
  );
  await isAt(page, "Here one begins");
  await stays(page, "main button");

  await page.reload();
  await isAt(page, "Here one begins");
  await stays(page, "main button");
  await next(page, "And here she is");
  await stays(page, "main li", "Ada");
  await next(page, "");

  await page.reload();
  await eventually(
    () => page.run(() => document.querySelector("[data-beat]")?.getAttribute("data-beat")),
    (beat) => Number(beat) > 10,
    { within: WITHIN, what: "the application" },
  );
  assert.equal(await heading(page), "", "it is over for good");
}
