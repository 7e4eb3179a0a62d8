/**
 * Runs before the snippet. By the page's query: `clock` sets the clock off by so many milliseconds,
 * and `full` leaves no room in `localStorage`.
 */
(() => {
  const query = new URLSearchParams(location.search);

  window.ready = false;
  window.shows = [];
  addEventListener("pageshow", ({ persisted }) => window.shows.push(persisted));

  /** What Headstart has said in the console. */
  window.said = [];
  for (const name of /** @type {const} */ (["log", "info", "warn", "error"])) {
    const say = console[name];
    console[name] = (...args) => {
      if (String(args[0]).includes("headstart")) window.said.push(args.map(String).join(" "));
      say.apply(console, args);
    };
  }

  /** Tracks events that can be told apart. */
  window.take = (ids) => {
    for (const id of ids) headstart("track", "Step Taken", { id });
  };

  /** Does so, and then tells the host. It is heard before this returns, so nothing overtakes it. */
  window.takeAndTell = (id) => {
    tell("begun", id);
    window.take([id]);
    tell("returned", id);
  };

  /** @param {string} what @param {string} id */
  const tell = (what, id) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/tell/${what}/${id}`, false);
    request.send();
  };

  const off = Number(query.get("clock") ?? 0);
  if (off !== 0) {
    const Original = Date;
    const now = () => Original.now() + off;
    window.Date = /** @type {any} */ (
      class extends Original {
        /** @param {any[]} args */
        constructor(...args) {
          if (args.length === 0) super(now());
          else super(.../** @type {[any]} */ (/** @type {unknown} */ (args)));
        }
        static now = now;
      }
    );
  }

  if (query.has("full")) {
    // Down to the last few bytes, in which the name of an item would not fit.
    for (let size = 1 << 20, turn = 0; size >= 1; turn += 1) {
      try {
        localStorage.setItem(`host.${turn}`, "x".repeat(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
  }
})();
