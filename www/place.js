/**
 * Placing: a mark lies over a target and a card beside it, in the browser's top layer, anchored by the
 * browser (popover and CSS anchor positioning), so that they follow without our doing. What anchoring
 * leaves out is made up for by comparing boxes: transforms in some engines, drawings and iframes in
 * all. What the style sheet does with the attributes set here is in `src/ui/style/place.css`.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { attempt, construct, overhear, take } from "./borrowed.js";
import { ask, boxOf, frameOf, solid, styleOf, upwards } from "./page.js";

/** How far two boxes may be apart and still be taken for the same, CSS pixels. */
const TOLERANCE = 1;
/** What a target may be in that makes the rest of the page inert, or closes when something outside
 * of it is clicked. */
const CONTAINERS = "dialog:modal,:popover-open,[aria-modal=true]";
/** So much room is kept around a target that is scrolled to, CSS pixels. */
const ROOM = 8;
/** What is scrolled to has come to rest when it stays where it is for so long, milliseconds. */
const REST = 100;
/** So often at most it is looked whether it has; half as often if it never moves. */
const LOOKS = 20;

/**
 * @typedef {object} Pin
 * @property {HTMLElement} mark
 * @property {HTMLElement} card
 * @property {Element} target
 * @property {number[]} nudge what is added to the mark's left, top, width and height
 * @property {boolean} loose whether it could not be anchored
 * @property {IntersectionObserver | undefined} sight
 */

/** @type {Map<HTMLElement, Pin>} */
const pins = new Map();
/** @type {(() => void)[]} */
let ears = [];
let frame = false;
let count = 0;

/** Shows a popover, unless it is shown already. A browser without popovers shows it in the page. @param {HTMLElement} element */
const raise = (element) => {
  if (!isRaised(element)) attempt(() => element.showPopover());
};

/** @param {Element} element */
const isRaised = (element) => attempt(() => element.matches(":popover-open")) ?? true;

/**
 * Pins a card to a target: `mark` is laid over it, and the card beside it, on the side that is
 * preferred or else the one that has room; where anchoring does not do, as soon as all is readjusted.
 *
 * @param {HTMLElement} mark
 * @param {HTMLElement} card
 * @param {Element} target
 * @param {string} side `top`, `bottom`, `start` or `end` as the target's text runs, or none
 */
const pin = (mark, card, target, side) => void attempt(() => pinDown(mark, card, target, side));

/** @param {HTMLElement} mark @param {HTMLElement} card @param {Element} target @param {string} side */
const pinDown = (mark, card, target, side) => {
  unpin(mark);
  const { direction } = styleOf(target);
  const [start, end] = direction === "rtl" ? ["right", "left"] : ["left", "right"];
  const sides = /** @type {Record<string, string>} */ ({ start, end });
  card.setAttribute("data-side", sides[side] || side || "bottom");
  const source = anchorOf(target);
  // Its target is another element: only the mark is new, and must come before what is anchored to it.
  const { style } = card;
  const old = style.getPropertyValue("--hs-at");
  // Whoever asks for it has the page laid out, and a new card has none.
  const scrollTop = old && card.scrollTop;
  const held = old && attempt(() => /** @type {any} */ (card.getRootNode()).activeElement);
  if (old) card.setAttribute("data-still", "");
  else count += 1;
  // And what is between them: a veil.
  for (let next = mark; next; next = /** @type {any} */ (next.nextElementSibling)) {
    // Names that no other pin has.
    next.style.setProperty("--hs-at", old || `--hs-mark-${count}`);
    if (!old) next.style.setProperty("--hs-card", `--hs-card-${count}`);
    if (old && next !== mark) attempt(() => next.hidePopover());
    // Focus goes on from an element to the one popover that it was shown from. A hint's are two.
    const from = next !== mark && mark.dataset.form === "hint" ? {} : { source };
    attempt(() => next.showPopover(/** @type {any} */ (from)));
    if (next === card) break;
  }
  if (scrollTop) card.scrollTop = scrollTop;
  if (held && card.contains(held)) attempt(() => held.focus({ preventScroll: true }));
  /** @type {Pin} */
  const made = { mark, card, target, nudge: [0, 0, 0, 0], loose: false, sight: undefined };
  made.sight = attempt(() =>
    construct(take(globalThis, "IntersectionObserver"), [
      (/** @type {IntersectionObserverEntry[]} */ entries) => {
        const last = entries[entries.length - 1];
        for (const element of [mark, card]) {
          element.toggleAttribute("data-away", !last?.isIntersecting);
        }
        readjust();
      },
    ]),
  );
  attempt(() => made.sight?.observe(solid(target)));
  pins.set(mark, made);
  listen(frameOf(target));
};

/** Lets go of it. @param {HTMLElement} mark */
const unpin = (mark) => {
  attempt(() => pins.get(mark)?.sight?.disconnect());
  pins.delete(mark);
  if (pins.size) return;
  ears.forEach((end) => end());
  ears = [];
};

/** Puts all of them where their targets are now. */
export const readjust = () => {
  frame = false;
  for (const one of [...pins.values()]) {
    if (one.mark.isConnected) attempt(() => adjust(one));
    else unpin(one.mark);
  }
};

/** Once more before the browser draws next. */
const again = () => {
  if (frame) return;
  frame = true;
  attempt(() => requestAnimationFrame(readjust));
};

/** Hears of what moves targets without the browser's anchoring knowing. @param {Element | undefined} within an iframe */
const listen = (within) => {
  const view = within && attempt(() => /** @type {any} */ (within).contentWindow);
  if (!ears.length) {
    ears.push(overhear(globalThis, "scroll", again), overhear(globalThis, "resize", again));
    const { visualViewport } = globalThis;
    for (const name of visualViewport ? ["scroll", "resize"] : []) {
      ears.push(overhear(/** @type {EventTarget} */ (visualViewport), name, again));
    }
  }
  if (view) ears.push(overhear(view, "scroll", again));
};

/**
 * The widget's element moves to where what it shows can be used: beneath a modal dialog everything else
 * is inert, and a popover that closes when something else is clicked would close. It takes no
 * room and has no look of its own there.
 *
 * @param {ShadowRoot} root
 * @param {Element} [target] without it, back to the end of the page
 */
const lodge = (root, target) => void attempt(() => move(root, target));

/** @param {ShadowRoot} root @param {Element} [target] */
const move = (root, target) => {
  const { host } = root;
  let home = document.body;
  for (const one of target ? upwards(target) : []) {
    if (one.ownerDocument !== document || !attempt(() => one.matches(CONTAINERS))) continue;
    home = /** @type {HTMLElement} */ (one);
    break;
  }
  // Whoever takes it off the page has it stay off.
  if (host.parentNode === home || !home || !host.isConnected) return;
  /** @type {HTMLElement[]} */
  const raised =
    attempt(() => /** @type {any} */ ([...root.querySelectorAll(":popover-open")])) || [];
  try {
    /** @type {any} */ (home).moveBefore(host, null);
  } catch (_) {
    attempt(() => home.append(host));
    // Moved the old way they have all closed.
    raised.forEach(raise);
  }
};

/** What of our own document the browser can anchor to. @param {Element} target */
const anchorOf = (target) => {
  for (const one of upwards(target)) {
    const isHtml = "offsetHeight" in one && one.ownerDocument === document;
    if (isHtml && styleOf(one).display !== "contents") return one;
  }
};

/** Where a target is drawn in our own window, iframes taken into account. @param {Element} target */
const placeOf = (target) => {
  let { left, top, width, height } = boxOf(target);
  for (let frame = frameOf(target); frame; frame = frameOf(frame)) {
    const box = /** @type {HTMLElement} */ (frame);
    const around = box.getBoundingClientRect();
    const scale = [around.width / box.offsetWidth || 1, around.height / box.offsetHeight || 1];
    const { paddingLeft, paddingTop } = styleOf(box);
    left = around.left + (box.clientLeft + parseFloat(paddingLeft) + left) * scale[0];
    top = around.top + (box.clientTop + parseFloat(paddingTop) + top) * scale[1];
    width *= scale[0];
    height *= scale[1];
  }
  return [left, top, width, height];
};

/** What the style sheet adds to the mark's place and size. */
const NUDGES = ["--x", "--y", "--w", "--h"];

/** @param {Pin} pin */
const adjust = (pin) => {
  const { mark, card, target, nudge } = pin;
  if (!target.isConnected) return;
  const wanted = placeOf(target);
  const offs = () => {
    const got = mark.getBoundingClientRect();
    return [got.left, got.top, got.width, got.height].map((side, index) => wanted[index] - side);
  };
  const isNear = (/** @type {number[]} */ all) => all.every((by) => Math.abs(by) <= TOLERANCE);
  const shift = () =>
    NUDGES.forEach((name, index) => mark.style.setProperty(name, `${nudge[index]}px`));
  let off = offs();
  let loose = false;
  if (!isNear(off)) {
    off.forEach((by, index) => (nudge[index] += by));
    shift();
    off = offs();
    loose = !isNear(off);
    if (loose) {
      nudge.fill(0);
      shift();
      // What moves may have moved between.
      if (!pin.loose) again();
    } else again();
  }
  pin.loose = loose;
  card.toggleAttribute("data-loose", loose);
  // All is looked at before anything is changed: after a change the browser has to lay out the page for a look.
  const { height, left, right } = card.getBoundingClientRect();
  const covered = isCovered(mark);
  lift(card);
  // A sheet at the bottom that would cover its target goes to the top, and the other way round.
  const across = wanted[0] < right && wanted[0] + wanted[2] > left;
  const isHigh = across && wanted[1] < height + 3 * ROOM;
  const isLow = across && wanted[1] + wanted[3] > innerHeight - height - 3 * ROOM;
  card.toggleAttribute("data-top", isLow && !isHigh);
  card.toggleAttribute("data-low", isHigh && !isLow);
  mark.toggleAttribute("data-covered", covered);
};

/** Whether the checklist that is open lies over a hint's mark, which was raised after it. @param {HTMLElement} mark */
const isCovered = (mark) => {
  const root = /** @type {ShadowRoot} */ (mark.getRootNode());
  const [over, dot] = [root.querySelector(".panel"), mark.nextElementSibling].map((one) =>
    one?.getBoundingClientRect(),
  );
  if (!over || !dot) return false;
  return (
    dot.left < over.right && dot.right > over.left && dot.top < over.bottom && dot.bottom > over.top
  );
};

/** Keeps a sheet above what covers the page's end: the keyboard of a phone. @param {HTMLElement} card */
const lift = (card) => {
  const seen = globalThis.visualViewport;
  const covered = seen ? innerHeight - seen.height - seen.offsetTop : 0;
  card.style.setProperty("--hs-lift", covered < 0.5 ? "" : `${Math.round(covered)}px`);
};

/**
 * Scrolls a target into view, unless it is there: in all that scrolls around it, and out from beneath
 * what is fixed over it.
 *
 * @param {Element} target
 */
const reveal = (target) => void attempt(() => scrollTo(target));

/** @param {Element} target */
const scrollTo = (target) => {
  const calm = attempt(() => matchMedia("(prefers-reduced-motion:reduce)").matches);
  const behavior = /** @type {ScrollBehavior} */ (calm ? "instant" : "smooth");
  const aim = solid(target);
  if (isInView(target)) return uncover(target, behavior);
  const tall = boxOf(target).height > innerHeight / 2;
  attempt(() =>
    aim.scrollIntoView({ block: tall ? "start" : "center", inline: "nearest", behavior }),
  );
  if (calm) return uncover(target, behavior);
  const first = `${placeOf(target)}`;
  let [before, left] = [first, LOOKS];
  const wait = () => {
    const now = `${placeOf(target)}`;
    // All that scrolls around it does so in its own time; and a busy page begins late.
    const rests = now === before && (now !== first || left < LOOKS / 2);
    before = now;
    if (rests || !left--) uncover(target, behavior);
    else setTimeout(() => attempt(wait), REST);
  };
  wait();
};

/** Whether it is all within the window and whatever scrolls around it. @param {Element} target */
const isInView = (target) => {
  const [left, top, width, height] = placeOf(target);
  if (left < 0 || top < 0 || left + width > innerWidth || top + height > innerHeight) return false;
  const own = boxOf(target);
  for (const one of scrollersOf(target)) {
    const view = one.getBoundingClientRect();
    if (own.top < view.top - 1 || own.bottom > view.bottom + 1) return false;
    if (own.left < view.left - 1 || own.right > view.right + 1) return false;
  }
  return true;
};

/** What scrolls around it in its own window, innermost first; not the window. @param {Element} target */
const scrollersOf = (target) => {
  const found = [];
  for (const one of upwards(target)) {
    const { ownerDocument } = one;
    if (ownerDocument !== target.ownerDocument) break;
    const scrolls = /auto|scroll|hidden/.test(styleOf(one).overflow) && one !== target;
    const isPage = one === ownerDocument.body || one === ownerDocument.documentElement;
    if (scrolls && !isPage) found.push(one);
  }
  return found;
};

/** Scrolls on by what is fixed over a target. @param {Element} target @param {ScrollBehavior} behavior */
const uncover = (target, behavior) => {
  const box = boxOf(target);
  const root = /** @type {any} */ (ask(target, "getRootNode"));
  const middle = (box.left + box.right) / 2;
  for (const y of [box.top + 1, (box.top + box.bottom) / 2, box.bottom - 1]) {
    for (const x of [box.left + 1, middle, box.right - 1]) {
      const over = attempt(() => root.elementFromPoint(x, y));
      const cover = over && !over.contains(target) && !target.contains(over) && fixed(over);
      if (!cover || cover.contains(target)) continue;
      const { top, bottom } = over.getBoundingClientRect();
      const fromAbove = top <= box.top;
      const by = fromAbove ? box.top - bottom - ROOM : box.bottom - top + ROOM;
      return scrollOn(target, by, behavior);
    }
  }
};

/** What of the page stays in place over what is scrolled. @param {Element} element */
const fixed = (element) => {
  for (const one of upwards(element)) {
    if (/fixed|sticky/.test(styleOf(one).position)) return one;
  }
};

/** Scrolls what scrolls around it, the innermost first, as far as each goes. @param {Element} target @param {number} by @param {ScrollBehavior} behavior */
const scrollOn = (target, by, behavior) => {
  const { scrollingElement } = /** @type {Document} */ (target.ownerDocument);
  for (const one of [...scrollersOf(target), scrollingElement]) {
    if (!one) continue;
    const room = by < 0 ? -one.scrollTop : one.scrollHeight - one.clientHeight - one.scrollTop;
    const step = by < 0 ? Math.max(by, room) : Math.min(by, room);
    if (Math.abs(step) >= 1) one.scrollBy({ top: step, behavior });
    by -= step;
  }
};

/** For Rust: as an object, so that the wasm imports from wasm-bindgen's glue alone. */
export const place = { raise, pin, unpin, readjust, lodge, reveal };
