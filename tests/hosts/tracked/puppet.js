/**
 * Lets a test call functions in the page of a browser that it does not steer: the page asks the
 * host what to do, does it, and says what came of it.
 */
(async () => {
  const base = `/puppet/${new URLSearchParams(location.search).get("puppet")}`;
  for (;;) {
    const response = await fetch(`${base}/next`).catch(() => null);
    if (!response) return;
    if (response.status !== 200) continue;
    const { turn, script } = await response.json();
    /** @type {{ turn: number, value?: unknown, error?: string }} */
    const done = { turn };
    try {
      done.value = await new Function(`return ${script}`)();
    } catch (error) {
      done.error = String(error);
    }
    await fetch(`${base}/done`, { method: "POST", body: JSON.stringify(done) });
  }
})();
