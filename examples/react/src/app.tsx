import { useHeadstart, useHeadstartEvent } from "headstart/react";
import { Link, Route, Routes, useNavigate } from "react-router";

export function App() {
  // What a task's button leads to is a page of the router's: no document is loaded.
  const navigate = useNavigate();
  useHeadstartEvent("navigate", (path) => navigate(path));

  return (
    <>
      <nav>
        <Link to="/">Projects</Link> <Link to="/team/">Team</Link>
      </nav>
      <Routes>
        <Route path="/" element={<Projects />} />
        <Route path="/team" element={<Team />} />
      </Routes>
    </>
  );
}

function Projects() {
  const headstart = useHeadstart();
  return (
    <main>
      <h1>Projects</h1>
      <button onClick={() => headstart("track", "Project Created")}>New project</button>
    </main>
  );
}

function Team() {
  const headstart = useHeadstart();
  return (
    <main>
      <h1>Team</h1>
      <button onClick={() => headstart("track", "Colleague Invited")}>Invite</button>
    </main>
  );
}
