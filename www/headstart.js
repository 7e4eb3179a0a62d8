/**
 * The loader: the only part of Headstart that every page view of every customer pays for.
 *
 * It keeps the page's calls, waits until the page is idle, asks the collector whether there is
 * anything for this user, and only then fetches the widget. Nothing that goes wrong in here may be
 * felt by the page: no exception leaves it, and it says at most one line in the console.
 *
 * One function drives it, `wake`. Whatever may allow progress (the page has loaded, the tab is
 * looked at, a call was made, a pause is over) calls it, and it takes the next step that is allowed
 * now, or none.
 */
(() => {
  /** @typedef {import("./command").Call} Call */
  /** @typedef {{writeKey: string, anonymousId: string, userId?: string, traits?: string}} Person */

  // The build replaces both by paths relative to the loader's own address.
  const GLUE = "__GLUE__";
  const WASM = "__WASM__";

  // All times are milliseconds. Numbers come first: the minifier inlines them up to the first list.
  const BOOT_TIMEOUT = 10000;
  const IDLE_TIMEOUT = 2000;
  /** Calls that follow each other closely cost one boot. */
  const GATHER = 300;
  const LONGEST_RETRY_AFTER = 3600000;
  /** After the last retry: for how long not even a new call makes us try again. */
  const REST = 300000;
  /** A session's idle time: a tab that was hidden for longer begins a new visit when looked at. */
  const NEW_VISIT = 1800000;
  const MOST_CALLS = 1000;
  /** Upper ends of the waits before the three retries; each is drawn from zero up (full jitter). */
  const BACKOFF = [2000, 8000, 30000];
  /** The smallest module there is: it fails to compile only where the page forbids wasm. */
  const EMPTY_WASM = [0, 97, 115, 109, 1, 0, 0, 0];

  // Taken now: what the page patches later does not reach us.
  const { document, console, crypto, fetch, setTimeout, escape } = window;
  const { now } = Date;
  const whenIdle = window.requestIdleCallback || setTimeout;

  const ignore = () => {};

  /**
   * What `work` returns, or nothing where it throws: storage may be blocked, the console patched,
   * the page's arguments anything at all.
   *
   * @template T
   * @param {(input: T) => any} work
   * @param {T} [input]
   */
  const attempt = (work, input) => {
    try {
      return work(/** @type {T} */ (input));
    } catch (_) {
      // The widget says what went wrong with it; the rest has a way to go on.
    }
  };

  let said = false;
  /** @param {unknown} text what is wrong, and the remedy */
  const say = (text) => {
    if (!said) attempt(() => console.warn("headstart: " + text));
    said = true;
  };

  /**
   * JSON of objects and strings, without what is empty. Pages bring `toJSON` methods and patched
   * `JSON` objects that change what `JSON.stringify` writes.
   *
   * @param {any} value
   * @returns {string}
   */
  const json = (value) =>
    value.trim
      ? `"${escape(value).replace(/%u/g, "\\u").replace(/%/g, "\\u00")}"`
      : `{${Object.keys(value)
          .filter((key) => value[key])
          .map((key) => json(key) + ":" + json(value[key]))}}`;

  /** 128 random bits; `randomUUID` exists in secure contexts only. */
  const unique = () =>
    crypto.randomUUID ? crypto.randomUUID() : crypto.getRandomValues(new Uint32Array(4)).join("-");

  /**
   * @param {string} writeKey
   * @param {string} base where the assets are, with a trailing slash
   * @param {string} endpoint where the collector is, without one
   * @param {Call[]} early the calls made until now
   */
  const run = (writeKey, base, endpoint, early) => {
    /** Calls not yet handed to the widget. @type {[number, unknown[]][]} */
    const queue = [];
    let anonymousId = "";
    /** As told by this page; what an earlier one was told is in storage. */
    let userId = "";
    /** What this page told of them, as JSON; a page that breaks `JSON` goes without. @type {string} */
    let traits;
    /** Whether changes of the user are from now on left to the widget. */
    let frozen = false;

    /** Whether the collector is to be asked (again). */
    let stale = true;
    /** Whether there is a reason to load the widget. @type {unknown} */
    let wanted = false;
    /** The collector's last answer. @type {any} */
    let answer;
    /** Whom it is for. @type {Person} */
    let person;

    let denied = false;
    /** Whether a step is being taken, or a pause made before it. */
    let busy = false;
    let failures = 0;
    let hiddenSince = 0;
    /** What the page's policy refused of our requests. */
    let refusal = "";
    let abort = ignore;

    /**
     * Where storage is blocked, what is in memory has to do.
     *
     * @param {"getItem" | "setItem" | "removeItem"} method
     * @param {string} name
     * @param {string} [value]
     */
    const stored = (method, name, value) =>
      attempt(() =>
        localStorage[method](`headstart.${writeKey}.${name}`, /** @type {any} */ (value)),
      );

    const forget = () => {
      anonymousId = traits = "";
      stored("removeItem", "anonymous");
      stored("removeItem", "user");
    };

    /** Who the user is, from now on in storage as well. @returns {Person} */
    const identity = () => {
      anonymousId = anonymousId || stored("getItem", "anonymous") || unique();
      stored("setItem", "anonymous", anonymousId);
      if (userId) stored("setItem", "user", userId);
      else userId = stored("getItem", "user") || "";
      return { writeKey, anonymousId, userId: userId || undefined, traits };
    };

    /**
     * A string is sent as text/plain, for which the browser asks no leave first. Being async, this
     * turns what a patched `fetch` throws into a rejection.
     *
     * @param {string} path
     * @param {object} body
     * @param {AbortSignal} [signal]
     */
    const post = async (path, body, signal) =>
      fetch(endpoint + path, { method: "POST", credentials: "omit", body: json(body), signal });

    /**
     * Capturing at the window also gets those events that are the document's.
     *
     * @param {"addEventListener" | "removeEventListener"} change
     */
    const listeners = (change) =>
      [
        "readystatechange",
        "prerenderingchange",
        "visibilitychange",
        "online",
        "securitypolicyviolation",
      ].forEach((name) => window[change](name, /** @type {any} */ (wake), true));

    /** Ends the loader's own work. @param {(call: any) => unknown} to takes the calls from now on */
    const finish = (to) => {
      deliver = to;
      listeners("removeEventListener");
    };

    /** For good: the page said so, or trying again is pointless. */
    const stop = () => {
      finish(ignore);
      queue.length = 0;
      abort();
    };

    /**
     * @param {number} ms
     * @param {() => void} then
     */
    const pause = (ms, then) => {
      busy = true;
      setTimeout(() => {
        busy = false;
        then();
      }, ms);
    };

    /**
     * What the network did may be tried again, everything else would only fail again.
     *
     * @param {string} reason "csp", "unsupported", "network" or "error"
     * @param {unknown} problem
     * @param {any} [retryAfter] seconds, as the collector asked
     * @returns {Promise<number>} how long to wait before the next step
     */
    const fail = async (reason, problem, retryAfter) => {
      // The event that names the page's directive comes just after the rejection.
      await new Promise((resolve) => setTimeout(resolve));
      if (deliver == ignore) return 0;
      if (refusal) reason = "csp";
      const detail = refusal || String(problem);
      say(reason + ": " + detail);
      const most = BACKOFF[failures++];
      if (reason != "network") stop();
      else if (most) {
        return Math.random() * most + Math.min(retryAfter * 1e3 || 0, LONGEST_RETRY_AFTER);
      }
      if (answer) {
        post("/v1/track", {
          ...person,
          event: "Widget Blocked",
          messageId: unique(),
          properties: { reason, detail },
        }).catch(ignore);
      }
      return REST;
    };

    /** Asks the collector what there is for this user. */
    const boot = async () => {
      const asker = identity();
      const controller = new AbortController();
      /** @type {any} */
      let response = 0;
      /** @type {any} */
      let body = 0;
      let retryAfter;
      abort = () => controller.abort();
      setTimeout(abort, BOOT_TIMEOUT);
      stale = false;
      try {
        response = await post("/v1/boot", asker, controller.signal);
        retryAfter = response.headers.get("Retry-After");
        body = await response.json();
        wanted = body.content[0] || body.settings.always_load || wanted;
        answer = body;
        person = asker;
        failures = 0;
      } catch (error) {
        stale = true;
        return fail(
          /^4(?!08|25|29)/.test(response.status) ? "error" : "network",
          [endpoint + "/v1/boot", response.status, body.error ? body.error.message : error].join(
            " ",
          ),
          retryAfter,
        );
      }
    };

    /** Fetches the widget and hands it every call made so far. */
    const load = async () => {
      let reason = window.WebAssembly ? "csp" : "unsupported";
      try {
        new WebAssembly.Module(new Uint8Array(EMPTY_WASM));

        reason = "network";
        const wasm = fetch(base + WASM);
        // import() may fail first, and then nobody is left to notice this one.
        wasm.catch(ignore);
        // Firefox remembers by its address that a module failed to load.
        const glue = /** @type {import("./command").Glue} */ (
          await import(base + GLUE + (failures ? "?" + failures : ""))
        );
        await glue.default({ module_or_path: wasm });
        if (deliver != keep || !answer) return;

        // From here on nothing may be tried twice, and what the page calls meanwhile keeps its turn.
        reason = "error";
        deliver = (call) => (queue[queue.length] = call);
        const handle = /** @type {import("./command").Handle} */ (
          await glue.start({ ...person, endpoint, boot: answer, calls: queue.splice(0) })
        );
        /** @type {(call: any) => unknown} */
        const tell = (call) => handle.call(call[0], call[1]);
        for (let call; (call = queue.shift());) attempt(tell, call);
        finish(tell);
      } catch (error) {
        return fail(
          // CompileError, LinkError and SyntaxError; the network's are of other types.
          reason == "network" && /^[CLS]/.test(/** @type {any} */ (error).name)
            ? "unsupported"
            : reason,
          reason == "csp" ? "script-src needs 'wasm-unsafe-eval'" : error,
        );
      }
    };

    const step = async () => {
      let delay;
      try {
        if (deliver == keep && !denied) delay = await (answer && wanted ? load() : boot());
      } catch (error) {
        say(error);
        stop();
      }
      pause(delay || 0, failures > BACKOFF.length ? ignore : wake);
    };

    /** @param {Partial<SecurityPolicyViolationEvent>} [event] */
    const wake = (event) => {
      if (
        event &&
        event.disposition == "enforce" &&
        [base, endpoint].some((url) => String(event.blockedURI).startsWith(url))
      ) {
        refusal = event.effectiveDirective + " needs " + event.blockedURI;
      }
      if (document.hidden) {
        hiddenSince = hiddenSince || now();
      } else {
        if (hiddenSince && now() - hiddenSince > NEW_VISIT) stale = true;
        hiddenSince = 0;
      }
      if (
        busy ||
        deliver != keep ||
        denied ||
        !(stale || wanted) ||
        document.readyState != "complete" ||
        // A page nobody has looked at yet is no visit; what it tracks must not be lost, though.
        document.prerendering ||
        (document.hidden && (failures || !wanted)) ||
        (failures && !navigator.onLine)
      ) {
        return;
      }
      busy = true;
      whenIdle(step, /** @type {any} */ ({ timeout: IDLE_TIMEOUT }));
    };

    /** Takes a call while the widget is not there. @param {[number, unknown[]]} call */
    const keep = (call) => {
      const [name, value] = call[1];
      if (name == "destroy") return stop();
      if (name == "consent" && denied != (value == "denied")) {
        denied = !denied;
        forget();
        answer = 0;
        stale = true;
      }
      if (/^(track|show|complete)$/.test(/** @type {string} */ (name))) wanted = true;
      if (name == "reset") {
        stale = true;
        // What was tracked before belongs to the person before: the widget sorts that out.
        if (wanted) frozen = true;
        else {
          userId = "";
          forget();
        }
      }
      if (name == "identify") traits = attempt(JSON.stringify, call[1][2]);
      if (name == "identify" && value && value != userId && /^[ns]/.test(typeof value) && !frozen) {
        stale = true;
        userId = String(value);
      }
      if (queue.length >= MOST_CALLS) {
        // The oldest of its kind goes, so that a flood of events leaves who the user is.
        queue.splice(
          queue.findIndex((kept) => kept[1][0] == name),
          1,
        );
      }
      queue[queue.length] = call;
      if (!busy) pause(wanted ? 0 : GATHER, wake);
    };

    /** @type {(call: any) => unknown} */
    let deliver = keep;

    /** @param {Call} call */
    const receive = (call) => attempt(() => deliver([call[0], [.../** @type {any} */ (call[1])]]));

    // A stub that someone kept pushes to whatever queue the global has.
    queue.push = /** @type {any} */ (receive);
    window.headstart = Object.assign((/** @type {unknown[]} */ ...args) => receive([now(), args]), {
      q: queue,
      writeKey,
    });
    [].forEach.call(early, receive);
    listeners("addEventListener");
    wake();
  };

  try {
    const existing = window.headstart;
    // An element named `currentScript` can pose as it, hence the look at its class.
    const current = document.currentScript;
    const { src, dataset } = /** @type {HTMLScriptElement} */ (
      current instanceof HTMLScriptElement
        ? current
        : document.querySelector("script[data-write-key]")
    );
    const { writeKey, endpoint } = dataset;
    if (existing && (existing.writeKey || !existing.call)) {
      say(`ignored ${writeKey}, window.headstart is ${existing.writeKey || "taken"}`);
    } else if (!writeKey) {
      say("the script needs data-write-key");
    } else {
      const base = new URL(".", src).href;
      run(
        writeKey,
        base,
        new URL(endpoint || base, document.baseURI).href.replace(/\/$/, ""),
        (existing && existing.q) || [],
      );
    }
  } catch (error) {
    say(error);
  }
})();
