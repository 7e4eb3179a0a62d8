/** An application in Svelte that draws everything anew several times a second. */
import { mount } from "svelte";
import "../../restless/restless.css";
import App from "./App.svelte";

mount(App, { target: document.querySelector("#app")! });
