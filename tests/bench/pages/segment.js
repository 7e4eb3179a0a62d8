/** A page with Segment's analytics-next, from npm as its documentation tells. */
import { AnalyticsBrowser } from "@segment/analytics-next";
import { offer } from "./host.js";

const { collector, writeKey, settings } = window.benchOptions;

const analytics = AnalyticsBrowser.load(
  { writeKey, cdnURL: collector },
  {
    integrations: {
      "Segment.io": {
        apiHost: `${new URL(collector).host}/v1`,
        protocol: "http",
        ...settings,
      },
    },
  },
);
analytics.identify("user-1", { plan: "team" });
offer((name, properties) => analytics.track(name, properties));
