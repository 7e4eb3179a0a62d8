/** A page that shows a survey with posthog-js, which has no checklists; tracking is off as far as it goes. */
import posthog from "posthog-js";

const { collector, writeKey } = window.benchOptions;
posthog.init(writeKey, {
  api_host: collector,
  defaults: "2026-08-30",
  internal_or_test_user_hostname: null,
  autocapture: false,
  capture_dead_clicks: false,
  capture_exceptions: false,
  capture_heatmaps: false,
  capture_pageleave: false,
  capture_pageview: false,
  capture_performance: false,
  disable_session_recording: true,
  rageclick: false,
});
