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
 *
 * `const` is for what the minifier puts in where it is used. All else is declared with `let`: one word less for
 * brotli, and a dozen bytes.
 */
(() => {
  /** @typedef {import("./command").Call} Call */
  /** @typedef {{writeKey: string, language?: string, anonymousId?: string, userId?: string | null, token?: string, traits?: string}} Person */

  // The build replaces these by paths relative to `base`. PACKAGE it makes false, but in the npm package
  // true; there GIVEN is a parameter, in which `src` is the wasm's address. PINNED is true in the loader whose
  // address has a version; that one knows what all that it loads must hash to.
  const GLUE = "__GLUE__";
  const WASM = "__WASM__";
  const EXPLAINER = "__EXPLAINER__";
  const GLUE_INTEGRITY = "__GLUE_INTEGRITY__";
  const WASM_INTEGRITY = "__WASM_INTEGRITY__";
  const EXPLAINER_INTEGRITY = "__EXPLAINER_INTEGRITY__";

  // All times are milliseconds. Numbers come first: the minifier inlines them up to the first list.
  const BOOT_TIMEOUT = 10000;
  const IDLE_TIMEOUT = 2000;
  /** Calls that follow each other closely cost one boot. */
  const GATHER = 300;
  /** After the last retry: for how long not even a new call makes us try again. */
  const REST = 300000;
  /** A session's idle time: a tab that was hidden for longer begins a new visit when looked at. */
  const NEW_VISIT = 1800000;
  const MOST_CALLS = 1000;
  /** So many characters of calls at most wait in storage, which is the host's as well. */
  const MOST_STORED = 1000000;
  const RETRIES = 3;
  /** Upper end of the wait after no failure at all, drawn from zero up (full jitter). */
  const BACKOFF = 500;
  /** So many times longer it is with each failure. */
  const SLOWER = 4;

  // Where the order of names does not matter, it is the one that weighs least after compression.

  // Taken now: what the page patches later does not reach us.
  let { fetch, document, setTimeout } = window;
  let now = Date.now;

  let ignore = () => {};

  /**
   * What `work` returns, or nothing where it throws: storage may be blocked, the console patched,
   * the page's arguments anything at all.
   *
   * @template T
   * @param {(input: T) => any} work
   * @param {T} [input]
   */
  let attempt = (work, input) => {
    try {
      return work(/** @type {T} */ (input));
    } catch (_) {
      // The widget says what went wrong with it; the rest has a way to go on.
    }
  };

  /**
   * JSON of objects and strings, without what is empty. Pages bring `toJSON` methods and patched
   * `JSON` objects that change what `JSON.stringify` writes.
   *
   * @param {any} value
   * @returns {string}
   */
  let json = (value) =>
    value.trim
      ? `"${escape(value).replace(/%u/g, "\\u").replace(/%/g, "\\u00")}"`
      : `{${Object.keys(value)
          .filter((key) => value[key])
          .map((key) => json(key) + ":" + json(value[key]))}}`;

  /** Says one thing in the console, and nothing more. @param {unknown} text what is wrong, and the remedy */
  let say = (text) => {
    say = ignore;
    attempt(() => console.warn("headstart: " + text));
  };

  try {
    let existing = window.headstart || /** @type {any} */ (ignore);
    // An element named `currentScript` can pose as it, hence the look at its class.
    let current = document.currentScript;
    let { dataset, src, nonce } = PACKAGE
      ? GIVEN
      : /** @type {HTMLScriptElement} */ (
          current instanceof HTMLScriptElement
            ? current
            : document.querySelector("script[data-write-key]")
        );
    let { language, user, account, writeKey } = dataset;
    if (!existing.call || existing.writeKey) {
      return say(`ignored ${writeKey}, window.headstart is ${existing.writeKey || "taken"}`);
    }
    if (!writeKey) return say("needs data-write-key");

    /** @type {string} */
    let anonymousId;
    /** As told by this page; what an earlier one was told is in storage. @type {any} */
    let userId;
    /** What proves it; never stored. @type {any} */
    let token;
    /** What this page told of them, as JSON; a page that breaks `JSON` goes without. @type {string} */
    let traits;
    /** Whether the user may be tracked: if it is "granted". @type {unknown} */
    let consent = dataset.consent == "required" || "granted";

    /** The collector's answer, 1 while it is being asked, and 0 if it must be asked (again). @type {any} */
    let answer = 0;
    /** Whom it is for. @type {Person} */
    let person;

    /** Whether a step is being taken, or a pause made before it. @type {unknown} */
    let busy;
    let failures = 0;
    /** @type {number} */
    let hiddenSince;
    /** What the page's policy refused of our requests. @type {string} */
    let refusal;

    /** Calls not yet handed to the widget. @type {import("./loading").Kept[]} */
    let queue = [];
    /** Where the assets' folder is, with a trailing slash. */
    let base = new URL(PINNED ? ".." : ".", src).href;
    /** Where the collector is, without one. */
    let endpoint = new URL(dataset.endpoint || base, document.baseURI).href.replace(/\/$/, "");
    /** Whether the browser refuses for its user. */
    let gpc = dataset.gpc != "ignore" && navigator.globalPrivacyControl;
    /** Ends our listening and our asking. */
    let controller = new AbortController();
    let { signal } = controller;

    /**
     * What is stored under a name, after `value` was if there is one. Where storage is blocked, what
     * is in memory has to do.
     *
     * @param {string} name
     * @param {string} [value] an empty one removes what is there
     * @returns {any}
     */
    let stored = (name, value) =>
      attempt(() => {
        let key = `headstart.${writeKey}.${name}`;
        return value
          ? (localStorage[key] = value)
          : value == ""
            ? delete localStorage[key]
            : localStorage[key];
      });

    /** So many characters of calls wait in storage, in part from earlier pages; the widget counts one for a
     * form that it is to fill in. */
    let waiting = ~~stored("early");
    /** Whether there is a reason to load the widget. @type {unknown} */
    let wanted = waiting;

    let forget = () => {
      stored("anonymous", (anonymousId = traits = token = ""));
      stored("user", "");
    };

    /** Who the user is, if they may be named, and then from now on in storage as well. @returns {Person} */
    let identity = () => {
      // Another tab may have been answered.
      consent = gpc || stored("consent") || consent;
      if (consent != "granted") {
        if (stored("anonymous")) {
          forget();
          // The widget clears the rest away.
          wanted = 1;
        }
        return { language, writeKey };
      }
      // Later on another tab may know better.
      if (!answer) {
        stored(
          "anonymous",
          (anonymousId =
            anonymousId ||
            stored("anonymous") ||
            // 128 random bits; `randomUUID` exists in secure contexts only.
            crypto.getRandomValues(new Uint32Array(4)).join("-")),
        );
        userId = stored("user", userId) || userId;
      }
      return { language, writeKey, anonymousId, userId, token, traits };
    };

    /**
     * A string is sent as text/plain, for which the browser asks no leave first. Being async, this
     * turns what a patched `fetch` throws into a rejection.
     *
     * @param {string} path
     * @param {object} body
     * @param {AbortSignal} [signal]
     */
    let post = async (path, body, signal) =>
      fetch(endpoint + path, {
        body: json(body),
        credentials: "omit",
        referrerPolicy: "origin",
        signal,
        method: "POST",
      });

    /**
     * Ends the loader's own work.
     *
     * @param {(call: any) => unknown} to takes the calls from now on; `ignore` if the page said so, or
     *   trying again is pointless
     */
    let finish = (to) => {
      deliver = to;
      controller.abort();
    };

    /**
     * @param {any} ms
     * @param {() => void} then
     */
    let pause = (ms, then) => {
      busy = 1;
      setTimeout(() => {
        busy = 0;
        then();
      }, ms);
    };

    /**
     * What the network did may be tried again, everything else would only fail again.
     *
     * @param {string} reason "csp", "unsupported", "network" or "error"
     * @param {unknown} problem
     * @param {any} [response] may say how long to wait
     * @returns {Promise<number | undefined>} how long to wait before the next step
     */
    let fail = async (reason, problem, response) => {
      // The event that names the page's directive comes just after the rejection.
      await new Promise(/** @type {any} */ (setTimeout));
      if (deliver == ignore) return;
      if (refusal) reason = "csp";
      let detail = refusal || String(problem);
      say(reason + ": " + detail);
      if (reason != "network") finish(ignore);
      else if (failures++ < RETRIES) {
        return (
          BACKOFF * Math.random() * SLOWER ** failures +
          // Timers count to 24 days, and begin again at none.
          1e3 * (~~attempt(() => response.headers.get("Retry-After")) % 1e6)
        );
      }
      if (answer && consent == "granted") {
        post("/v1/track", {
          ...person,
          event: "Widget Blocked",
          properties: { reason, detail },
        }).catch(ignore);
      }
      return REST;
    };

    /** Asks the collector what there is for this user. */
    let boot = async () => {
      /** @type {any} */
      let response = 0;
      let asker = identity();
      answer = 1;
      try {
        let body = await Promise.race([
          post("/v1/boot", asker, signal).then((got) => (response = got).json()),
          new Promise((_, reject) => setTimeout(reject, BOOT_TIMEOUT, "timeout")),
        ]);
        let { message, code } = body.error || {};
        if (/^identity/.test(code)) {
          // Who the user is needs a proof, which comes with the next call.
          // The widget, if it is loaded, says so by itself.
          if (!/missing/.test(code) && !wanted) say(message);
        } else if (code) throw message;
        else wanted = wanted || body.settings.always_load || body.content[0];
        // Unless somebody else is meant by now.
        person = asker;
        failures = 0;
        answer = answer && body;
      } catch (problem) {
        answer = 0;
        return fail(
          /^4(?!08|25|29)/.test(response.status) ? "error" : "network",
          endpoint + `/v1/boot ${response.status} ${problem}`,
          response,
        );
      }
    };

    /** Makes addresses that a page with Trusted Types takes. @type {{ createScriptURL: (url: string) => string }} */
    let policy;

    /**
     * Where the loader is pinned: fetches a module if it is what it must be, for whoever imports it. `import()`
     * cannot say what that is, but takes what an element has fetched.
     *
     * @param {string} address
     * @param {string} integrity
     */
    let pin = (address, integrity) => {
      let { trustedTypes } = window;
      let rules = { createScriptURL: (/** @type {string} */ url) => url };
      policy = policy || (trustedTypes ? trustedTypes.createPolicy("headstart", rules) : rules);
      let src = policy.createScriptURL(address);
      let script = document.createElement("script");
      Object.assign(script, { type: "module", crossOrigin: "", nonce, integrity, src });
      return new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = () => reject(address + " is missing, or is not what it should be");
        document.head.append(script);
        script.remove();
      });
    };

    let pinExplainer = () => pin(base + EXPLAINER, EXPLAINER_INTEGRITY).catch(ignore);

    /** Fetches the widget and hands it every call made so far. */
    let load = async () => {
      let reason = window.WebAssembly ? "csp" : "unsupported";
      try {
        // The smallest module there is: it fails to compile only where the page forbids wasm. "\0asm", and
        // the version.
        new WebAssembly.Module(new Uint32Array([0x6d736100, 1]));

        reason = "network";
        let wasm = PINNED
          ? fetch(base + WASM, { integrity: WASM_INTEGRITY })
          : fetch(PACKAGE ? src : base + WASM);
        // import() may fail first, and then nobody is left to notice this one.
        wasm.catch(ignore);
        if (PINNED) {
          await pin(base + GLUE + "?" + failures, GLUE_INTEGRITY);
          // The explainer, when somebody asks for it: it is fetched as ours before the glue imports it.
          if (/headstart_debug/.test(location.search)) pinExplainer();
        }
        let glue = /** @type {typeof import("./glue")} */ (
          await (PACKAGE
            ? // Written so that bundlers find it.
              import("./glue.js")
            : // Firefox remembers by its address that a module failed to load.
              import(base + GLUE + "?" + failures))
        );
        await glue.default(wasm);
        if (deliver != keep || !answer) return;

        // From here on nothing may be tried twice, and what the page calls meanwhile keeps its turn.
        reason = "error";
        deliver = (call) => queue.push(call);
        let handle = /** @type {import("./loading").Handle} */ (
          glue.start({ endpoint, dataset, calls: queue.splice(0), ...person, boot: answer })
        );
        /** @type {(call: any) => unknown} */
        let tell = (call) => {
          if (PINNED && call[1][0] == "debug") pinExplainer();
          return handle.call(.../** @type {[number, unknown[]]} */ (call));
        };
        while (queue[0]) attempt(tell, queue.shift());
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

    let step = async () => {
      pause(
        deliver == keep && (await (answer ? load() : boot())),
        failures > RETRIES ? ignore : wake,
      );
    };

    /** @param {Partial<SecurityPolicyViolationEvent>} [event] */
    let wake = (event = {}) => {
      if (
        event.disposition == "enforce" &&
        [endpoint, base].some((url) => /** @type {string} */ (event.blockedURI).startsWith(url))
      ) {
        refusal = event.effectiveDirective + " needs " + event.blockedURI;
      }
      if (document.hidden) {
        hiddenSince = hiddenSince || now();
      } else {
        if (now() - hiddenSince > NEW_VISIT) answer = 0;
        hiddenSince = NaN;
      }
      if (
        busy ||
        deliver != keep ||
        (answer && !wanted) ||
        (failures && !navigator.onLine) ||
        document.readyState != "complete" ||
        // A page nobody has looked at yet is no visit; what it tracks must not be lost, though.
        document.prerendering ||
        (document.hidden && (!wanted || failures))
      ) {
        return;
      }
      busy = 1;
      (window.requestIdleCallback || setTimeout)(
        step,
        /** @type {any} */ ({ timeout: IDLE_TIMEOUT }),
      );
    };

    /** Takes a call while the widget is not there. @param {import("./loading").Kept} call */
    let keep = (call) => {
      /** @type {any[]} */
      let [name, value, about, options] = call[1];
      if (name == "destroy") return finish(ignore);
      if (name == "consent" && value != consent && /^(grant|deni)ed$/.test(value)) {
        stored(name, (consent = value));
        answer = 0;
      }
      if (/^(show|track|complete)$/.test(name)) wanted = 1;
      if (name == "reset") {
        // The widget has the collector take it no more.
        if (token) wanted = 1;
        forget();
        userId = null;
        answer = 0;
      }
      if (name == "identify" && /^[ns]/.test(typeof value) && value) {
        if (answer.error || value != userId) answer = token = 0;
        userId = "" + value;
        traits = attempt(JSON.stringify, about);
        token = (options || 0).token || token;
      }
      if (queue.length < MOST_CALLS) queue.push(call);
      if (!busy) pause(wanted ? 0 : GATHER, wake);
      // A page that is prepared for a visit may never be one.
      if (!document.prerendering && identity().anonymousId) {
        call.push(anonymousId, userId);
        if (wanted) {
          // The page may be left before the widget is there. What proves who the user is stays out.
          let text = JSON.stringify([call[0], [name, value, about], anonymousId, userId]);
          waiting += text.length;
          if (waiting < MOST_STORED) {
            stored("early", /** @type {any} */ (waiting));
            // The names of a page's calls are in order, as texts too.
            stored((call[4] = "early." + (now() + waiting) + Math.random()), text);
          }
        }
      }
    };

    /** @type {(call: any) => unknown} */
    let deliver = keep;

    /** @param {Call} call */
    let receive = (call) => attempt(() => deliver([call[0], [.../** @type {any} */ (call[1])]]));

    let headstart = (window.headstart = Object.assign(
      (/** @type {unknown[]} */ ...args) => receive([now(), args]),
      {
        // A stub that someone kept pushes to whatever queue the global has.
        q: { push: receive },
        writeKey,
      },
    ));
    if (user) headstart("identify", user, attempt(JSON.parse, dataset.traits), dataset);
    // Somebody was signed in when the last page was loaded.
    else if (user == "" && stored("user")) headstart("reset");
    if (account) headstart("group", account);
    /** @type {any} */ (existing.q || []).forEach(receive);
    [
      "readystatechange",
      "prerenderingchange",
      "visibilitychange",
      "online",
      "securitypolicyviolation",
    ].forEach((name) =>
      // Capturing at the window also gets those events that are the document's.
      addEventListener(name, /** @type {any} */ (wake), { signal, capture: true }),
    );
    wake();
  } catch (error) {
    say(error);
  }
})();
