/** An application in Vue that draws everything anew several times a second. */
import { createApp } from "vue";
import { createRouter, createWebHistory } from "vue-router";
import "../../restless/restless.css";
import { LOADS } from "../../restless/restless.js";
import App from "./App.vue";
import Home from "./Home.vue";

const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: "/", component: Home },
    {
      path: "/orders",
      component: () =>
        new Promise((resolve) => setTimeout(() => resolve(import("./Orders.vue")), LOADS)),
    },
  ],
});

createApp(App).use(router).mount("#app");
