/** An application in React that draws everything anew several times a second. */
import { StrictMode, Suspense, lazy, startTransition, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter, Link, Route, Routes } from "react-router";
import { LOADS, beats } from "../../restless/restless.js";
import "../../restless/restless.css";
import { Home } from "./home.jsx";

const Orders = lazy(
  () => new Promise((resolve) => setTimeout(() => resolve(import("./orders.jsx")), LOADS)),
);

function App() {
  const [beat, setBeat] = useState(0);
  useEffect(
    () =>
      beats(() => {
        // Every other one as what can wait.
        if (Math.random() < 0.5) setBeat((beat) => beat + 1);
        else startTransition(() => setBeat((beat) => beat + 1));
      }),
    [],
  );
  return (
    <BrowserRouter>
      <nav key={beat} data-beat={beat}>
        <Link to="/">Home</Link>
        <Link to="/orders" data-hs="nav-orders">
          Orders
        </Link>
      </nav>
      <main>
        <Suspense fallback={<p>One moment</p>}>
          <Routes>
            <Route path="/" element={<Home beat={beat} />} />
            <Route path="/orders" element={<Orders beat={beat} />} />
          </Routes>
        </Suspense>
      </main>
    </BrowserRouter>
  );
}

createRoot(document.querySelector("#app")).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
