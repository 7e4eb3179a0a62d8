/**
 * Stands in for the framework in the server-rendered examples, so that they run without it: it fills
 * in the little of Django's and of Rails' template language that they use, keeps who is signed in,
 * refuses forms without their CSRF token, and tells Headstart what happened, as a backend does.
 *
 *     WRITE_KEY=wk_… node server.mjs django
 */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const TURBO = new URL("node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js", import.meta.url);

/**
 * @typedef {Record<string, string>} Values what templates know, by the names they have for it
 * @typedef {{ user: string, csrf: string, projects: number }} Session
 * @typedef {object} Framework
 * @property {(page: string, values: Values) => Promise<string>} render
 * @property {(session: Session, nonce: string, config: Config) => Values} values
 * @property {string} token the name of the field that has the CSRF token
 * @property {(nonce: string, collector: string) => string[]} policy for scripts and styles
 *
 * @typedef {object} Config
 * @property {string} writeKey
 * @property {string} collector its address, without a slash at its end
 */

/** @param {string} path */
const template = (path) => readFile(new URL(path, import.meta.url), "utf8");

/** @param {string} text */
const escape = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** @type {Record<string, Framework>} */
const FRAMEWORKS = {
  django: {
    async render(page, values) {
      const text = await template(`django/templates/${page}.html`);
      /** @type {Values} */
      const blocks = {};
      for (const [, name = "", block = ""] of text.matchAll(
        /{% block (\w+) %}(.*?){% endblock %}/gs,
      )) {
        blocks[name] = block;
      }
      return (await template("django/templates/base.html"))
        .replace(/{% block (\w+) %}{% endblock %}/g, (_, name) => blocks[name] ?? "")
        .replace(/{% if ([\w.]+) %}(.*?){% else %}(.*?){% endif %}/gs, (_, name, yes, no) =>
          values[name] ? yes : no,
        )
        .replace(/{% csrf_token %}/g, () => hidden("csrfmiddlewaretoken", values["csrf_token"]))
        .replace(/{{ ([\w.]+) }}/g, (_, name) => escape(values[name] ?? ""));
    },
    values: ({ user, csrf, projects }, _, { writeKey, collector }) => ({
      "user.is_authenticated": user,
      "user.username": user,
      csrf_token: csrf,
      projects: String(projects),
      headstart_url: collector,
      headstart_write_key: writeKey,
      headstart_traits: JSON.stringify({ plan: "trial" }),
    }),
    token: "csrfmiddlewaretoken",
    policy: (_, collector) => [`script-src 'self' ${collector} 'wasm-unsafe-eval'`],
  },
  rails: {
    async render(page, values) {
      const layout = await template("rails/views/layout.html.erb");
      const content = await template(`rails/views/${page}.html.erb`);
      return layout
        .replace("<%= yield %>", () => content)
        .replace(/<% if (\w+) %>(.*?)<% else %>(.*?)<% end %>/gs, (_, name, yes, no) =>
          values[name] ? yes : no,
        )
        .replace(/<%= ([\w.]+) %>/g, (_, name) =>
          /_tags?$/.test(name) ? (values[name] ?? "") : escape(values[name] ?? ""),
        );
    },
    values: ({ user, csrf, projects }, nonce, { writeKey, collector }) => ({
      current_user: user,
      "current_user.name": user,
      "projects.count": String(projects),
      csrf_meta_tags: `<meta name="csrf-param" content="authenticity_token" /><meta name="csrf-token" content="${csrf}" />`,
      csp_meta_tag: `<meta name="csp-nonce" content="${nonce}" />`,
      content_security_policy_nonce: nonce,
      form_authenticity_token: csrf,
      headstart_url: collector,
      headstart_write_key: writeKey,
      headstart_traits: JSON.stringify({ plan: "trial" }),
    }),
    token: "authenticity_token",
    policy: (nonce) => [
      `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'`,
      // Turbo's own, for its progress bar.
      `style-src 'self' 'nonce-${nonce}'`,
    ],
  },
};

/** @param {string} name @param {string} [value] */
const hidden = (name, value) => `<input type="hidden" name="${name}" value="${value}" />`;

/** What happens at each address that forms are sent to, and where the browser goes then. */
const ACTIONS = /** @type {const} */ ({
  "/projects/": { event: "Project Created", then: "/" },
  "/invitations/": { event: "Colleague Invited", then: "/team/" },
  "/sign-in/": { then: "/" },
  "/sign-out/": { then: "/" },
});

/**
 * @param {string} name of the example
 * @param {Config & { port?: number }} config
 */
export async function serve(name, { port = 8000, ...config }) {
  const framework = FRAMEWORKS[name];
  if (!framework) throw new Error(`there is no example ${name}`);
  /** @type {Map<string, Session>} */
  const sessions = new Map();

  /** Tells Headstart, as any library for Segment's API would. @param {string} user @param {string} event */
  const track = (user, event) =>
    fetch(`${config.collector}/v1/track`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${config.writeKey}:`).toString("base64")}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ userId: user, event }),
    });

  /**
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} response
   */
  const answer = async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://host");
    let id = /session=(\w+)/.exec(request.headers.cookie ?? "")?.[1] ?? "";
    if (!sessions.has(id)) {
      id = randomBytes(16).toString("hex");
      sessions.set(id, { user: "", csrf: randomBytes(16).toString("hex"), projects: 0 });
      response.setHeader("set-cookie", `session=${id}; Path=/; HttpOnly; SameSite=Lax`);
    }
    const session = /** @type {Session} */ (sessions.get(id));

    if (request.method === "POST") {
      const action = ACTIONS[/** @type {keyof typeof ACTIONS} */ (pathname)];
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const proof = request.headers["x-csrf-token"] ?? form.get(framework.token);
      if (!action || proof !== session.csrf) {
        response.writeHead(action ? 403 : 404).end();
        return;
      }
      if (pathname === "/sign-in/") session.user = form.get("name") ?? "";
      if (pathname === "/sign-out/") session.user = "";
      if (pathname === "/projects/") session.projects += 1;
      if ("event" in action && session.user) await track(session.user, action.event);
      // The browser is to ask for the page anew.
      response.writeHead(303, { location: action.then }).end();
      return;
    }

    if (pathname === "/turbo.js") {
      response.writeHead(200, { "content-type": "text/javascript" });
      response.end(await readFile(TURBO));
      return;
    }
    const page = { "/": "projects", "/team/": "team" }[pathname];
    if (!page) {
      response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
      return;
    }
    const nonce = randomBytes(16).toString("base64");
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": [
        "default-src 'self'",
        ...framework.policy(nonce, config.collector),
        `connect-src 'self' ${config.collector}`,
      ].join("; "),
    });
    response.end(await framework.render(page, framework.values(session, nonce, config)));
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise((done) => server.listen(port, "127.0.0.1", () => done(undefined)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done(undefined)));
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve(process.argv[2] ?? "django", {
    writeKey: process.env["WRITE_KEY"] ?? "",
    collector: process.env["COLLECTOR"] ?? "http://127.0.0.1:7373",
  });
  console.log(url);
}
