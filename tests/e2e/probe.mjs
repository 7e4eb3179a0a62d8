/** Content for pages that are not the demo. */

/** A checklist that can be done on any page that has a `[data-hs=target]`. */
export const CHECKLIST = {
  id: "probe",
  kind: "checklist",
  title: "Try it",
  activation: true,
  tasks: [
    {
      id: "press",
      title: "Press it",
      done_when: { element: { selector: "[data-hs=target]", is: "clicked" } },
      action: { label: "Say how", callback: "how" },
    },
    {
      id: "track",
      title: "Track it",
      done_when: { event: { name: "Thing Done" } },
      action: { label: "Say how", callback: "how" },
    },
  ],
};

/** A tip at the same element, once it was pressed. */
export const TIP = {
  id: "probe-tip",
  kind: "tip",
  target: "[data-hs=target]",
  title: "Well pressed",
  body: "It works.",
  trigger: { content: { id: "probe", is: "started" } },
  frequency: "until_dismissed",
};
