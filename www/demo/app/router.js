/**
 * Routes by the history API: links and `navigate` change the address without loading a page.
 *
 * @typedef {{ path: string, query: URLSearchParams }} Place
 */

/** @type {(place: Place, moved: boolean) => void} */
let render = () => {};

/** The address on the screen, without its hash. */
let shown = "";

/** @param {(place: Place, moved: boolean) => void} show called with each place, now and later */
export function startRouter(show) {
  render = show;
  addEventListener("popstate", () => {
    // A jump to an anchor is one too, and must not replace what it jumps to.
    if (location.pathname + location.search !== shown) render(place(), true);
  });
  document.addEventListener("click", (event) => {
    const link = ownLink(event);
    if (!link) return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
  render(place(), false);
}

/**
 * @param {string} path with its query
 * @param {{ replace?: boolean }} [options]
 */
export function navigate(path, { replace = false } = {}) {
  if (replace) history.replaceState(null, "", path);
  else history.pushState(null, "", path);
  scrollTo(0, 0);
  render(place(), true);
}

/** Shows the current place again, after its data has changed. */
export function refresh() {
  render(place(), false);
}

/** @returns {Place} */
function place() {
  shown = location.pathname + location.search;
  const path = location.pathname.replace(/\/+$/, "") || "/";
  return { path, query: new URLSearchParams(location.search) };
}

/**
 * The link of this app that a plain click follows, if any.
 *
 * @param {MouseEvent} event
 * @returns {HTMLAnchorElement | null}
 */
function ownLink(event) {
  const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || event.button !== 0 || modified) return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const follows =
    link && link.origin === location.origin && !link.target && !link.download && !link.hash;
  return follows ? link : null;
}
