"use client";

import { track } from "headstart";

export default function Projects() {
  return (
    <main>
      <h1>Projects</h1>
      <button onClick={() => track("Project Created")}>New project</button>
    </main>
  );
}
