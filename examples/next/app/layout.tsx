import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Onboarding } from "./onboarding";

export const metadata: Metadata = { title: "Projects" };

/** Drawn by the server, which knows who is signed in. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Onboarding user={{ id: "ada", traits: { plan: "trial" } }}>
          <nav>
            <Link href="/">Projects</Link> <Link href="/team/">Team</Link>
          </nav>
          {children}
        </Onboarding>
      </body>
    </html>
  );
}
