// @ts-nocheck: it breaks what the types promise.
// As a router does that wants to hear of every change of the address.
for (const name of ["pushState", "replaceState"]) {
  const original = history[name];
  history[name] = function (...args) {
    const result = original.apply(this, args);
    dispatchEvent(new Event("host:navigated"));
    return result;
  };
}
