/** What the documents' samples take for there: the reader's own application. */
import type { ObjectPlugin } from "vue";

declare global {
  /** Who is signed in. */
  const user: { id: string } | undefined;
  const App: any;
  const createApp: typeof import("vue").createApp;
  const app: import("vue").App;
  const router: { push(path: string): void };
}
