/**
 * Tells who is here, by the page's query, and which content is for them, by its path: `/hint+banner`. Notes which of
 * its buttons were pressed, and of the content's.
 */
(() => {
  const query = new URLSearchParams(location.search);
  headstart("on", "ready", () => (window.ready = true));
  const traits = location.pathname.split("/")[1]?.split("+") ?? [];
  headstart(
    "identify",
    query.get("user") ?? "",
    Object.fromEntries(traits.map((name) => [name, true])),
  );
  const dir = query.get("dir");
  if (dir) document.documentElement.dir = dir;
  window.pressed = [];
  for (const name of ["guide", "write", "do", "plans"]) {
    headstart("on", `action:${name}`, () => window.pressed.push(name));
  }
  for (const button of document.querySelectorAll("main button")) {
    button.addEventListener("click", () => window.pressed.push(button.id));
  }
})();
