/** One of each kind of content, each for those users who have its id for a trait. */

/** @param {string} id */
const meant = (id) => ({ id, audience: { trait: { name: id, is: "exists" } } });
/** Comes up until it is sent away. @param {string} id */
const here = (id) => ({ ...meant(id), frequency: "until_dismissed" });

const LATER = { label: "Later", snooze: "1d" };

export const CONTENTS = [
  {
    ...meant("checklist"),
    kind: "checklist",
    title: "Get started",
    description: "Three things, in *any* order.",
    done_message: "That was all of it.",
    tasks: [
      {
        id: "read",
        title: "Read the guide",
        description: "It is [one page](/guide) long.",
        skippable: true,
        markable: true,
        action: { label: "Open the guide", callback: "guide" },
      },
      {
        id: "write",
        title: "Write something",
        after: ["read"],
        markable: true,
        action: { label: "Begin to write", callback: "write" },
      },
      { id: "tell", title: "Tell others", required: false, markable: true },
    ],
  },
  {
    ...here("tooltip"),
    kind: "tip",
    target: "#first",
    title: "Here it begins",
    body: "This is *what it is about*.",
    action: { label: "Do it", callback: "do" },
  },
  {
    ...here("hint"),
    kind: "tip",
    form: "hint",
    target: "#second",
    title: "What this is for",
    body: "For the second thing.",
  },
  {
    ...here("note"),
    kind: "tip",
    form: "inline",
    target: "#notes",
    title: "Good to know",
    body: "Others read this, too: [who can](https://example.com/who).",
  },
  {
    ...meant("tour"),
    kind: "tour",
    frequency: "once",
    title: "A look around",
    steps: [
      { id: "one", title: "The first stop", body: "One.", target: "#first", spotlight: "usable" },
      {
        id: "two",
        title: "The second stop",
        body: "Two.",
        target: "#second",
        spotlight: "blocked",
        branches: [{ when: { trait: { name: "tour", is: "exists" } }, to: "last" }],
      },
      { id: "aside", title: "The stop that is passed over" },
      { id: "last", title: "The last stop", body: "That is all." },
    ],
  },
  {
    ...here("banner"),
    kind: "banner",
    title: "You are on trial.",
    body: "Everything is included.",
    side: "bottom",
    actions: [{ label: "See plans", callback: "plans" }, LATER],
  },
  {
    ...here("modal"),
    kind: "modal",
    title: "Welcome",
    body: "This is **new**.",
    actions: [{ label: "Do it", callback: "do" }, LATER],
  },
];
