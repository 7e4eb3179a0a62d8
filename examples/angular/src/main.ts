import { Location } from "@angular/common";
import { inject, provideAppInitializer } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import { Router, provideRouter } from "@angular/router";
import { identify, init, on } from "headstart";
import wasm from "headstart/headstart.wasm";
import { App } from "./app";
import { Projects } from "./projects";
import { Team } from "./team";

bootstrapApplication(App, {
  providers: [
    provideRouter([
      { path: "", component: Projects },
      { path: "team", component: Team },
    ]),
    provideAppInitializer(() => {
      const router = inject(Router);
      init({
        writeKey: "WRITE_KEY",
        endpoint: "http://127.0.0.1:7373",
        wasm: new URL(wasm, document.baseURI),
      });
      // Whoever your application has signed in.
      identify("ada", { plan: "trial" });
      // What a task's button leads to is a page of the router's: no document is loaded. The router's
      // own paths have no slash at their end.
      on("navigate", (path) => void router.navigateByUrl(Location.stripTrailingSlash(path)));
    }),
  ],
});
