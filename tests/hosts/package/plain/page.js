/** A page that uses the package as it is. */
import { headstart, identify, init, on, track } from "headstart";

// Calls may come first.
identify("user-1", { plan: "trial" });
init({ writeKey: "WRITE_KEY", endpoint: "/hs" });

window.told = [];
on("ready", () => window.told.push("ready"));
on("task_completed", ({ contentId, taskId }) => window.told.push(`${contentId}: ${taskId}`));
on("completed", ({ contentId }) => window.told.push(contentId));
on("action:how", ({ taskId }) => window.told.push(`how ${taskId}`));
const end = on("completed", () => window.told.push("never"));
end();

document.querySelector("[data-hs=target]").addEventListener("click", () => track("Thing Done"));
document.querySelector("#explain").addEventListener("click", () => headstart("debug"));
