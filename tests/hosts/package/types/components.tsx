/** What TypeScript says of the wrappers. */
import { HeadstartProvider, useHeadstart, useHeadstartEvent } from "headstart/react";
import {
  Headstart,
  useHeadstart as useInVue,
  useHeadstartEvent as useEventInVue,
} from "headstart/vue";
import { createApp, ref } from "vue";

interface Account {
  id: string;
  seats: number;
}

export function Page({ user }: { user: { id: string; plan: string } | null | undefined }) {
  const headstart = useHeadstart();
  useHeadstartEvent("task_completed", ({ taskId }) => headstart("track", taskId));
  // @ts-expect-error: there is no such event
  useHeadstartEvent("finished", () => {});
  return (
    <HeadstartProvider
      writeKey="wk_1"
      endpoint="/hs"
      user={user && { id: user.id, traits: { plan: user.plan } }}
    >
      <p>Text</p>
      <p>and more</p>
    </HeadstartProvider>
  );
}

// @ts-expect-error: it needs a key
export const Keyless = () => <HeadstartProvider endpoint="/hs">Text</HeadstartProvider>;

const account = ref<Account>();
const app = createApp({});
app.use(Headstart, {
  writeKey: "wk_1",
  endpoint: "/hs",
  user: { id: 17 },
  account: () => account.value && { id: account.value.id },
});
// @ts-expect-error: it needs options
app.use(Headstart);
useInVue()("show", "getting-started");
useEventInVue("dismissed", ({ contentId }) => contentId.trim());
