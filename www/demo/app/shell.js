import { daysBetween, today } from "./calendar.js";
import { h } from "./h.js";
import { icon, mark } from "./icon.js";
import { current } from "./store.js";

/** @type {{ path: string, label: string, icon: import("./icon.js").IconName }[]} */
const PLACES = [
  { path: "/", label: "Dashboard", icon: "dashboard" },
  { path: "/customers", label: "Customers", icon: "customers" },
  { path: "/invoices", label: "Invoices", icon: "invoices" },
  { path: "/templates", label: "Templates", icon: "templates" },
  { path: "/settings", label: "Settings", icon: "settings" },
];

/**
 * The frame around every page: brand, navigation, account.
 *
 * @param {() => void} signOut
 * @returns {{ element: HTMLElement, main: HTMLElement, update: (path: string) => void }}
 */
export function shell(signOut) {
  const main = h("main", { id: "main", tabindex: "-1" });
  const links = PLACES.map((place) => navLink(place));
  const company = h("span", { class: "account-name" });
  const trial = h("span", { class: "account-plan" });

  const element = h(
    "div",
    { class: "shell" },
    h("a", { class: "skip", href: "#main" }, "Skip to content"),
    h(
      "header",
      { class: "stub" },
      h("a", { class: "brand", href: "/" }, mark(), h("span", null, "Counterfoil")),
      h(
        "nav",
        { class: "nav", "aria-label": "Counterfoil" },
        h("ul", { role: "list" }, ...links.map((link) => h("li", null, link))),
      ),
      h(
        "div",
        { class: "account" },
        h("div", { class: "account-text" }, company, trial),
        h(
          "button",
          {
            class: "quiet-button sign-out",
            type: "button",
            "aria-label": "Sign out",
            on: { click: signOut },
          },
          icon("out"),
          h("span", null, "Sign out"),
        ),
      ),
    ),
    main,
  );

  return {
    element,
    main,
    update(path) {
      const { settings, trialEnds } = current();
      const left = Math.max(0, daysBetween(today(), trialEnds));
      company.textContent = settings.companyName || "Your company";
      trial.textContent = left === 1 ? "Trial, 1 day left" : `Trial, ${left} days left`;
      const section = path === "/" ? "/" : `/${path.split("/")[1]}`;
      for (const link of links) {
        if (link.pathname === section) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
    },
  };
}

/** @param {(typeof PLACES)[number]} place */
function navLink(place) {
  const name = place.path === "/" ? "dashboard" : place.path.slice(1);
  return h(
    "a",
    { href: place.path, data: { hs: `nav-${name}` } },
    icon(place.icon),
    h("span", null, place.label),
  );
}
