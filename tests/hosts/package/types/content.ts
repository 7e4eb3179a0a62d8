/** What TypeScript says of content documents. */
import type { ContentDocument, Task } from "headstart/content";

const task: Task = {
  id: "create-invoice",
  title: "Create your first invoice",
  done_when: { event: { name: "Invoice Created" } },
  action: { label: "New invoice", path: "/invoices/new" },
};

export const checklist: ContentDocument = {
  id: "getting-started",
  kind: "checklist",
  title: "Get started",
  tasks: [task],
  audience: { all: [{ trait: { name: "plan", is: { equals: "trial" } } }] },
};

export const slide: ContentDocument = {
  id: "slide",
  // @ts-expect-error: there is no such kind
  kind: "slide",
};

export const misspelt: ContentDocument = {
  id: "getting-started",
  kind: "checklist",
  // @ts-expect-error: it is `done_when`
  tasks: [{ id: "a", title: "A", doneWhen: { page: { path: "/" } } }],
};
