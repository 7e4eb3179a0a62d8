/**
 * What the collectors of posthog-js and analytics-next answer to a browser, as far as the libraries
 * need it to be content: a project as it is after its creation, that takes every event.
 */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { inRepository } from "../e2e/collector.mjs";

/** @typedef {import("./wire.mjs").Answer} Answer */

/** Browsers keep it for two hours at most; asked for longer the libraries send no less. */
const LONGEST_PREFLIGHT = "7200";

/**
 * Lets any page use the answer. True when that was all there was to say.
 *
 * @param {import("./wire.mjs").Request} request
 * @param {import("./wire.mjs").Response} response
 */
function allow(request, response) {
  response.setHeader("access-control-allow-origin", request.headers.origin ?? "*");
  response.setHeader("access-control-allow-credentials", "true");
  response.setHeader("cross-origin-resource-policy", "cross-origin");
  if (request.method !== "OPTIONS") return false;
  response.setHeader("access-control-allow-methods", "GET, POST, OPTIONS");
  const headers = request.headers["access-control-request-headers"];
  if (headers) response.setHeader("access-control-allow-headers", headers);
  response.setHeader("access-control-max-age", LONGEST_PREFLIGHT);
  response.writeHead(204).end();
  return true;
}

/**
 * @param {import("./wire.mjs").Response} response
 * @param {unknown} value
 */
function json(response, value) {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

/** A project's settings in PostHog: nothing opted out of, nothing opted in to. */
const POSTHOG_PROJECT = {
  supportedCompression: ["gzip", "gzip-js"],
  hasFeatureFlags: false,
  captureDeadClicks: false,
  capturePerformance: { network_timing: true, web_vitals: false },
  autocapture_opt_out: false,
  autocaptureExceptions: false,
  analytics: { endpoint: "/i/v0/e/" },
  elementsChainAsString: true,
  sessionRecording: false,
  heatmaps: false,
  surveys: false,
  conversations: false,
  productTours: false,
  defaultIdentifiedOnly: true,
  siteApps: [],
};

/** @type {Answer} */
export const answerAsPostHog = postHog();

/**
 * Answers as PostHog for a project that shows these surveys.
 *
 * @param {object[]} [surveys]
 * @returns {Answer}
 */
export function postHog(surveys = []) {
  const project = { ...POSTHOG_PROJECT, surveys: surveys.length > 0 };
  return (request, _body, response) => answer(request, response, project, surveys);
}

/**
 * @param {import("./wire.mjs").Request} request
 * @param {import("./wire.mjs").Response} response
 * @param {object} project
 * @param {object[]} surveys
 */
async function answer(request, response, project, surveys) {
  if (allow(request, response)) return;
  const { pathname } = new URL(request.url ?? "/", "http://collector");
  const [, token] = /^\/array\/([^/]+)\/config(\.js)?$/.exec(pathname) ?? [];
  if (token && pathname.endsWith(".js")) {
    const settings = JSON.stringify({ [token]: { config: project, siteApps: [] } });
    response.writeHead(200, { "content-type": "text/javascript" });
    response.end(`window._POSTHOG_REMOTE_CONFIG = ${settings};`);
  } else if (token) {
    json(response, project);
  } else if (pathname.startsWith("/static/")) {
    // Parts of the library that it loads when it has a use for them.
    const part = inRepository(`node_modules/posthog-js/dist/${basename(pathname)}`);
    response.writeHead(200, { "content-type": "text/javascript", "content-encoding": "br" });
    response.end(brotliCompressSync(await readFile(part)));
  } else if (pathname.startsWith("/api/surveys")) {
    json(response, { surveys });
  } else if (pathname.startsWith("/flags")) {
    json(response, { flags: {}, errorsWhileComputingFlags: false, requestId: "bench" });
  } else {
    json(response, { status: "Ok" });
  }
}

/** A source's settings in Segment: no destination but Segment itself, no metrics of its own. */
const segmentSource = (/** @type {string} */ writeKey) => ({
  integrations: {
    "Segment.io": {
      apiKey: writeKey,
      unbundledIntegrations: [],
      addBundledMetadata: true,
      maybeBundledConfigIds: {},
      versionSettings: { version: "4.4.7", componentTypes: ["browser"] },
    },
  },
  plan: { track: { __default: { enabled: true, integrations: {} } } },
  edgeFunction: {},
  analyticsNextEnabled: true,
  middlewareSettings: {},
  enabledMiddleware: {},
  metrics: { sampleRate: 0 },
  legacyVideoPluginsEnabled: false,
  remotePlugins: [],
});

/** @type {Answer} */
export function answerAsSegment(request, _body, response) {
  if (allow(request, response)) return;
  const [, writeKey] = /^\/v1\/projects\/([^/]+)\/settings/.exec(request.url ?? "") ?? [];
  json(response, writeKey ? segmentSource(writeKey) : { success: true });
}
