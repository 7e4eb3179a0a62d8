import { HeadstartProvider } from "headstart/react";

export const metadata = { title: "A page that Next.js built" };

/** Drawn by the server; only what the provider does is the browser's. */
export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <HeadstartProvider writeKey="WRITE_KEY" endpoint="/hs" user={{ id: "ada" }}>
          {children}
        </HeadstartProvider>
      </body>
    </html>
  );
}
