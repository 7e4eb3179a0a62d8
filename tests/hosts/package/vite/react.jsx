/** An application in React that uses the package's provider and hooks. */
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { HeadstartProvider, useHeadstart, useHeadstartEvent } from "headstart/react";
import { ACCOUNT, ADA, GRACE, OPTIONS } from "./team.js";

window.told = [];

function Page() {
  const headstart = useHeadstart();
  const [presses, setPresses] = useState(0);
  useHeadstartEvent("task_completed", ({ taskId }) => window.told.push(`${taskId} ${presses}`));
  // An effect of a child comes after the provider has told who is there.
  useEffect(() => headstart("track", "Page Mounted"), [headstart]);
  return (
    <button data-hs="target" onClick={() => setPresses((presses) => presses + 1)}>
      Pressed {presses} times
    </button>
  );
}

function App() {
  const [user, setUser] = useState(ADA);
  const [isThere, setIsThere] = useState(true);
  return (
    // New objects in every drawing, as applications write it.
    <HeadstartProvider {...OPTIONS} user={user && { ...user }} account={{ ...ACCOUNT }}>
      <button onClick={() => setUser({ ...user })}>Same</button>
      <button onClick={() => setUser({ ...ADA, traits: { plan: "pro" } })}>Upgrade</button>
      <button onClick={() => setUser(null)}>Sign out</button>
      <button onClick={() => setUser(GRACE)}>Grace</button>
      <button onClick={() => setIsThere(false)}>Leave</button>
      {isThere && <Page />}
    </HeadstartProvider>
  );
}

createRoot(document.querySelector("#app")).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
