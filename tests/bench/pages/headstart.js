/** A page with Headstart: the snippet is in its head, as a customer pastes it. */
import { offer } from "./host.js";

window.headstart?.("identify", "user-1", { plan: "team" });
offer((name, properties) => window.headstart?.("track", name, properties));
