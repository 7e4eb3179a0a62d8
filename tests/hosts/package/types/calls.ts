/** What TypeScript says of calls. Each `@ts-expect-error` is an error that it must find. */
import { complete, debug, explain, headstart, identify, init, on, page, tips } from "headstart";
import type { Events, InitOptions, State } from "headstart";

init({ writeKey: "wk_1", endpoint: "https://collector.example", consent: "required" });
init({ writeKey: "wk_1", endpoint: new URL("https://collector.example"), query: ["plan"] });
// @ts-expect-error: nothing says where the collector is
init({ writeKey: "wk_1" });
// @ts-expect-error: it is required, or it is not mentioned
const options: InitOptions = { writeKey: "wk_1", endpoint: "/hs", consent: "never" };

identify("user-1", { plan: "trial" }, { token: "a.b.c" });
identify(17);
// @ts-expect-error: a variable that was empty
identify(undefined);
page();
complete("getting-started", "connect-bank");
// @ts-expect-error: of which task?
complete("getting-started");
// @ts-expect-error: neither on nor off
tips("of");

headstart("track", "Invoice Created", { amount: 480 });
headstart("group", "account-1");
// @ts-expect-error: there is no such command
headstart("trak", "Invoice Created");
// @ts-expect-error: consent is granted or denied
headstart("consent", true);

on("ready", (nothing: undefined) => nothing);
on("task_completed", ({ contentId, taskId }) => `${contentId}.${taskId}`.trim());
on("navigate", (path) => path.startsWith("/invoices"));
on("action:explain-bank", ({ contentId, taskId }) => [contentId.trim(), taskId?.trim()]);
// @ts-expect-error: a button of a tip has no task
on("action:explain-bank", ({ taskId }) => taskId.trim());
// @ts-expect-error: a checklist as a whole has none either
on("completed", ({ taskId }) => taskId);
// @ts-expect-error: there is no such event
on("complete", () => {});
const end: () => void = on("shown", () => {});

headstart("on", "step", ({ contentId }) => contentId.trim());
// @ts-expect-error: there is no such event
headstart("on", "steps", () => {});
window.headstart?.("on", "snoozed", ({ contentId }) => contentId.trim());

const state: State | undefined = debug();
const reasons = explain()?.map(({ content, reason }) => `${content}: ${reason ?? "shown"}`);
const answer: State | undefined = headstart("debug");
const dismissed: Events["dismissed"] = { contentId: "getting-started" };

export { answer, dismissed, end, options, reasons, state };
