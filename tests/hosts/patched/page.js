const page = /** @type {any} */ (window);

// Each patch has a user of its own: a checklist that one has completed is over for a later clock.
page.headstart("identify", `user${location.search}`, { plan: "trial", tags: ["a", "b"] });

document
  .querySelector("[data-hs=target]")
  ?.addEventListener("click", () => page.headstart("track", "Thing Done", { list: [1, 2, 3] }));

document.querySelector("a")?.addEventListener("click", (event) => {
  event.preventDefault();
  history.pushState(null, "", "/second");
});
