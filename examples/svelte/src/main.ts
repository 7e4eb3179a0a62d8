import { identify, init } from "headstart";
import { mount } from "svelte";
import App from "./App.svelte";

init({ writeKey: "WRITE_KEY", endpoint: "http://127.0.0.1:7373" });
// Whoever your application has signed in.
identify("ada", { plan: "trial" });

mount(App, { target: document.getElementById("app")! });
