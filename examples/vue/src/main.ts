import { Headstart } from "headstart/vue";
import { createApp, ref } from "vue";
import { createRouter, createWebHistory } from "vue-router";
import App from "./App.vue";
import Projects from "./Projects.vue";
import Team from "./Team.vue";

/** Whoever your application has signed in; `null` for nobody. */
const user = ref({ id: "ada", traits: { plan: "trial" } });

const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: "/", component: Projects },
    { path: "/team/", component: Team },
  ],
});

createApp(App)
  .use(router)
  .use(Headstart, { writeKey: "WRITE_KEY", endpoint: "http://127.0.0.1:7373", user })
  .mount("#app");
