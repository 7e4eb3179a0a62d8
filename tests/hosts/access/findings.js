/** What can be found wrong with what the widget shows in a window, whose shadow roots are open. */

/** @typedef {keyof typeof CHECKS} Check */
/** @typedef {{ width: number, height: number, language: string, scheme: string, checks: Check[] }} Look */
/** @typedef {Window & typeof globalThis} View */

/** The least width and height of a target, CSS pixels. Source: https://www.w3.org/TR/WCAG22/#target-size-minimum */
const LEAST = 24;
/** What can be pressed. */
const TARGETS = "button,summary,a[href],input,[tabindex='0']";

/** @param {View} view @returns {Element[]} */
const hosts = ({ document }) => [...document.querySelectorAll("[data-headstart]")];

/** The elements on screen that a selector finds in the widget. @param {View} view @param {string} selector */
const seen = (view, selector) =>
  hosts(view)
    .flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll(selector) ?? [])])
    .filter((one) => one.checkVisibility({ visibilityProperty: true }));

/** @param {Element} element */
const called = (element) =>
  `${element.localName}.${element.className} “${(element.getAttribute("aria-label") ?? element.textContent)?.trim().slice(0, 30)}”`;

/** A link in a sentence is as high as its line. @param {Element} target */
const isInSentence = (target) =>
  target.localName === "a" &&
  target.ownerDocument.defaultView?.getComputedStyle(target).display === "inline";

/** @param {View} view */
async function axe(view) {
  if (!("axe" in view)) {
    await new Promise((resolve, reject) => {
      const script = view.document.createElement("script");
      script.src = "/access/axe/axe.min.js";
      script.onload = resolve;
      script.onerror = reject;
      view.document.head.append(script);
    });
  }
  if (!hosts(view).length) return [];
  const { violations } = await /** @type {any} */ (view).axe.run(hosts(view), {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
  });
  return violations.map(
    (/** @type {any} */ { id, nodes }) =>
      `${id}: ${nodes.map((/** @type {any} */ { html, failureSummary }) => `${html} (${failureSummary})`).join(" | ")}`,
  );
}

/** @param {View} view */
function targets(view) {
  return seen(view, TARGETS)
    .filter((target) => !isInSentence(target))
    .flatMap((target) => {
      const { width, height } = target.getBoundingClientRect();
      return Math.min(width, height) < LEAST - 0.01
        ? [`${called(target)} is ${width} by ${height} pixels`]
        : [];
    });
}

/** Nothing scrolls sideways, and everything can be scrolled to and is not covered. @param {View} view */
function reflow(view) {
  const { document, innerWidth, innerHeight } = view;
  const found = [];
  const { scrollWidth } = /** @type {Element} */ (document.scrollingElement);
  if (scrollWidth > innerWidth) found.push(`the page is ${scrollWidth} pixels wide`);
  for (const one of seen(view, "*")) {
    const { overflowX } = view.getComputedStyle(one);
    const isCode = one.localName === "pre";
    if (/auto|scroll/.test(overflowX) && one.scrollWidth > one.clientWidth + 1 && !isCode) {
      found.push(`${called(one)} scrolls sideways: ${one.scrollWidth} in ${one.clientWidth}`);
    }
  }
  // An open menu lies over what it belongs to, until focus leaves it.
  const [menu] = seen(view, ".menu");
  const all = seen(view, `${menu ? ".menu " : ""}:is(${TARGETS},h2,h3,p,.place)`);
  for (const one of all.filter((one) => !one.closest(".said"))) {
    for (const block of /** @type {const} */ (["start", "end"])) {
      one.scrollIntoView({ block, inline: "nearest", behavior: "instant" });
      const { left, top, right, bottom } = one.getBoundingClientRect();
      // Its first line, or its last.
      const line = Math.min(bottom - top, LEAST);
      const y = block === "start" ? top + line / 2 : bottom - line / 2;
      if (
        left < -0.5 ||
        right > innerWidth + 0.5 ||
        y < line / 2 - 1 ||
        y > innerHeight - line / 2 + 1
      ) {
        const box = [left, top, right, bottom].map(Math.round);
        found.push(`the ${block} of ${called(one)} cannot be scrolled to: ${box}`);
        continue;
      }
      const over = /** @type {ShadowRoot} */ (one.getRootNode()).elementFromPoint(
        (left + right) / 2,
        y,
      );
      if (over && !one.contains(over) && !over.contains(one)) {
        found.push(`the ${block} of ${called(one)} is covered by ${called(over)}`);
      }
    }
  }
  return found;
}

/** With the spacing of text that users may set, nothing is cut off. Source: https://www.w3.org/TR/WCAG22/#text-spacing @param {View} view */
function spacing(view) {
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(
    `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
     p { margin-block-end: 2em !important }`,
  );
  const roots = hosts(view).flatMap(({ shadowRoot }) => shadowRoot ?? []);
  for (const root of roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const found = seen(view, "*").flatMap((one) => {
    // The launcher has the beginning of a long heading, the panel all of it.
    if (one.matches(".said,.launcher .name") || one.closest("svg,.confetti")) return [];
    const { overflowX, overflowY } = view.getComputedStyle(one);
    const isCut =
      (/hidden|clip/.test(overflowX) && one.scrollWidth > one.clientWidth + 1) ||
      (/hidden|clip/.test(overflowY) && one.scrollHeight > one.clientHeight + 1);
    return isCut && one.clientWidth ? [`${called(one)} is cut off`] : [];
  });
  const boxes = seen(view, ".card,.panel,.launcher,.menu").flatMap((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left < -0.5 || right > view.innerWidth + 0.5 ? [`${called(one)} leaves the screen`] : [];
  });
  for (const root of roots) root.adoptedStyleSheets = root.adoptedStyleSheets.slice(0, -1);
  return [...found, ...boxes];
}

/** Nothing moves by itself for longer than this, milliseconds. Source: https://www.w3.org/TR/WCAG22/#pause-stop-hide */
const LONGEST = 5000;

/** @param {View} view */
function motion(view) {
  const all = hosts(view).flatMap(({ shadowRoot }) => shadowRoot?.getAnimations() ?? []);
  return all.flatMap((one) => {
    const { endTime } = one.effect?.getComputedTiming() ?? {};
    return Number(endTime) > LONGEST
      ? [`${/** @type {any} */ (one).animationName} takes ${endTime} ms`]
      : [];
  });
}

const CHECKS = { axe, targets, reflow, spacing };

/** @param {View} view @param {Check[]} checks @returns {Promise<string[]>} */
export async function findings(view, checks) {
  const found = motion(view);
  // Colours are those that it comes to.
  const still = new view.CSSStyleSheet();
  still.replaceSync(
    "*, ::before, ::after { animation: none !important; transition: none !important }",
  );
  for (const { shadowRoot } of hosts(view)) shadowRoot?.adoptedStyleSheets.push(still);
  for (const check of checks) {
    for (const one of await CHECKS[check](view)) found.push(`${check}: ${one}`);
  }
  return found;
}
