import { HeadstartProvider } from "headstart/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { App } from "./app";

/** Whoever your application has signed in; `null` for nobody. */
const user = { id: "ada", traits: { plan: "trial" } };

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <HeadstartProvider writeKey="WRITE_KEY" endpoint="http://127.0.0.1:7373" user={user}>
      <BrowserRouter>
        <App />
      </BrowserRouter>
    </HeadstartProvider>
  </StrictMode>,
);
