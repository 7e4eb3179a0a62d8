const page = /** @type {any} */ (window);

page.headstart("identify", "patched-user", { plan: "trial", tags: ["a", "b"] });

document
  .querySelector("[data-hs=target]")
  ?.addEventListener("click", () => page.headstart("track", "Thing Done", { list: [1, 2, 3] }));

document.querySelector("a")?.addEventListener("click", (event) => {
  event.preventDefault();
  history.pushState(null, "", "/second");
});
