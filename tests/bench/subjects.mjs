/** Who is measured: each library as its documentation sets it up for a collector of one's own. */

/**
 * @typedef {object} Subject
 * @property {string} name in the tables
 * @property {"headstart" | "posthog" | "segment"} library
 * @property {Record<string, unknown>} [settings] the library's own
 * @property {boolean} [content] whether there is something for the user to see
 */

/** Ours; all others are compared with it. @type {Subject} */
export const HEADSTART = { name: "Headstart, nothing to show", library: "headstart" };

/** @type {Subject[]} */
export const SUBJECTS = [
  HEADSTART,
  { name: "Headstart, a checklist on screen", library: "headstart", content: true },
  {
    name: "posthog-js, tracking only",
    library: "posthog",
    settings: {
      advanced_disable_flags: true,
      autocapture: false,
      capture_dead_clicks: false,
      capture_exceptions: false,
      capture_heatmaps: false,
      capture_pageleave: false,
      capture_pageview: false,
      capture_performance: false,
      disable_conversations: true,
      disable_product_tours: true,
      disable_session_recording: true,
      disable_surveys: true,
      rageclick: false,
    },
  },
  { name: "posthog-js, its defaults", library: "posthog" },
  { name: "analytics-next, its defaults", library: "segment" },
  {
    name: "analytics-next, batching",
    library: "segment",
    settings: { deliveryStrategy: { strategy: "batching" } },
  },
];
