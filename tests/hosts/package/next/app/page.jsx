"use client";
import { headstart, page } from "headstart";
import { useHeadstartEvent } from "headstart/react";

// A server does nothing of it.
page("Home");

export default function Page() {
  const tell = (line) => (window.told ??= []).push(line);
  useHeadstartEvent("ready", () => tell("ready"));
  useHeadstartEvent("task_completed", ({ contentId, taskId }) => tell(`${contentId}: ${taskId}`));
  useHeadstartEvent("completed", ({ contentId }) => tell(contentId));
  return (
    <main>
      <button data-hs="target" onClick={() => headstart("track", "Thing Done")}>
        Press
      </button>
      <button id="explain" onClick={() => headstart("debug")}>
        Explain
      </button>
    </main>
  );
}
