/**
 * The navigator: takes the user somewhere, the way the page's application would.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { attempt } from "./borrowed.js";
import { page } from "./page.js";

/** So many links of the page at most are looked at for the one that leads there. */
const MOST_LINKS = 2000;

/** The whole address of a path, if it is one of this site. @param {string} path */
const resolve = (path) =>
  attempt(() => {
    const url = new URL(path, location.href);
    return url.origin === location.origin ? url.href : undefined;
  });

/**
 * Goes to an address of this site, unless that is where the user is: a link of the page that leads there is clicked,
 * since the application's router listens to those; else the page is loaded.
 *
 * @param {string} url
 */
const go = (url) => {
  if (location.href === url) return;
  const link = linkTo(url);
  attempt(() => (link ? link.click() : location.assign(url)));
};

/** @param {string} url */
const linkTo = (url) => {
  /** @type {NodeListOf<HTMLAnchorElement> | undefined} */
  const links = attempt(() => document.querySelectorAll("a[href]"));
  const leading = [...(links || [])]
    .slice(0, MOST_LINKS)
    .filter(
      (link) =>
        link.href === url &&
        (!link.target || link.target === "_self") &&
        !link.hasAttribute("download") &&
        !page.isPrivate(link),
    );
  return leading.find(page.isVisible) || leading[0];
};

/**
 * Opens an address in a new tab, which gets no hold on this one. Says whether it is one that may be opened.
 *
 * @param {string} link
 */
const open = (link) => {
  const protocol = attempt(() => new URL(link).protocol);
  // The mail program opens, the tab stays.
  const stays = protocol === "mailto:";
  if (!stays && protocol !== "https:" && protocol !== "http:") return false;
  attempt(() => window.open(link, stays ? "_self" : "_blank", stays ? "" : "noopener"));
  return true;
};

/** For Rust: as an object, so that the wasm imports from wasm-bindgen's glue alone. */
export const guide = { resolve, go, open };
