/** A page with posthog-js, from npm as its documentation tells. */
import posthog from "posthog-js";
import { offer } from "./host.js";

const { collector, writeKey, settings } = window.benchOptions;

posthog.init(writeKey, {
  api_host: collector,
  defaults: "2026-08-30",
  // Else it would mark these events as those of a developer's machine.
  internal_or_test_user_hostname: null,
  ...settings,
});
posthog.identify("user-1", { plan: "team" });
offer((name, properties) => posthog.capture(name, properties));
