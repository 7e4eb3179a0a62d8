/// <reference path="../hosts.d.ts" />
/** What the policy refused on this page, for tests to look at. */
window.violations = [];
/** What went wrong on this page without being caught. */
window.hostErrors = [];

document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
  window.violations.push({ violatedDirective, blockedURI, sample }),
);
addEventListener("error", ({ message }) => window.hostErrors.push(message));
addEventListener("unhandledrejection", ({ reason }) => window.hostErrors.push(String(reason)));

// The first line of the snippet, in a file because this page refuses inline scripts.
const page = /** @type {any} */ (window);
page.headstart =
  page.headstart ||
  function () {
    (page.headstart.q = page.headstart.q || []).push([Date.now(), arguments]);
  };

page.headstart("identify", "strict-user", { plan: "trial" });

addEventListener("DOMContentLoaded", () => {
  document
    .querySelector("[data-hs=target]")
    ?.addEventListener("click", () => page.headstart("track", "Thing Done"));
  document.querySelector("a")?.addEventListener("click", (event) => {
    event.preventDefault();
    history.pushState(null, "", "/second");
  });
});
