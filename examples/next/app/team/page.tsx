"use client";

import { track } from "headstart";

export default function Team() {
  return (
    <main>
      <h1>Team</h1>
      <button onClick={() => track("Colleague Invited")}>Invite</button>
    </main>
  );
}
