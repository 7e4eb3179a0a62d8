"use client";

import { HeadstartProvider, type User, useHeadstartEvent } from "headstart/react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";

/** Starts Headstart in the browser; on the server it only draws what is inside. */
export function Onboarding({ user, children }: { user: User | null; children: ReactNode }) {
  // What a task's button leads to is a page of the router's: no document is loaded.
  const router = useRouter();
  useHeadstartEvent("navigate", (path) => router.push(path));

  return (
    <HeadstartProvider writeKey="WRITE_KEY" endpoint="http://127.0.0.1:7373" user={user}>
      {children}
    </HeadstartProvider>
  );
}
