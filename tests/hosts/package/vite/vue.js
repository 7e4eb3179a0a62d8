/** An application in Vue that uses the package's plugin. */
import { createApp, defineComponent, h, onMounted, ref } from "vue";
import { Headstart, useHeadstart, useHeadstartEvent } from "headstart/vue";
import { ACCOUNT, ADA, GRACE, OPTIONS } from "./team.js";

window.told = [];
const user = ref({ ...ADA });
const isThere = ref(true);

const Page = defineComponent(() => {
  const headstart = useHeadstart();
  const presses = ref(0);
  useHeadstartEvent("task_completed", ({ taskId }) =>
    window.told.push(`${taskId} ${presses.value}`),
  );
  onMounted(() => headstart("track", "Page Mounted"));
  const press = () => presses.value++;
  return () =>
    h("button", { "data-hs": "target", onClick: press }, `Pressed ${presses.value} times`);
});

const button = (text, onClick) => h("button", { onClick }, text);

const App = defineComponent(() => () => [
  button("Same", () => (user.value = { ...user.value })),
  button("Upgrade", () => (user.value.traits = { plan: "pro" })),
  button("Sign out", () => (user.value = null)),
  button("Grace", () => (user.value = GRACE)),
  button("Leave", () => (isThere.value = false)),
  isThere.value && h(Page),
]);

createApp(App)
  .use(Headstart, { ...OPTIONS, user, account: () => ({ ...ACCOUNT }) })
  .mount("#app");
