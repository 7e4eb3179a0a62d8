/**
 * Counts what a page's scripts write to the browser's storage. It runs before any of them, so that a
 * library that keeps the browser's own functions keeps the counting ones.
 */
export function countStorage() {
  /** @type {StorageCount} */
  const count = {
    local: 0,
    session: 0,
    indexed: 0,
    transactions: 0,
    cookie: 0,
    removals: 0,
    bytes: 0,
  };
  window.storageCount = () => ({ ...count });

  const utf8 = new TextEncoder();
  /** Bytes; of a structured value about what it would have as JSON. @param {any} value */
  const size = (value) => {
    if (value === undefined) return 0;
    if (value instanceof Blob) return value.size;
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
    return utf8.encode(typeof value === "string" ? value : (JSON.stringify(value) ?? "")).length;
  };

  /**
   * @param {any} prototype
   * @param {string} name of a method
   * @param {(target: any, args: any[]) => void} note
   */
  const watch = (prototype, name, note) => {
    const original = prototype[name];
    /** @this {unknown} @param {...unknown} args */
    prototype[name] = function (...args) {
      note(this, args);
      return original.apply(this, args);
    };
  };

  watch(Storage.prototype, "setItem", (area, [name, value]) => {
    count[area === window.localStorage ? "local" : "session"]++;
    count.bytes += size(String(name)) + size(String(value));
  });
  for (const name of ["removeItem", "clear"]) {
    watch(Storage.prototype, name, () => count.removals++);
  }
  watch(IDBDatabase.prototype, "transaction", (_database, [, mode]) => {
    if (mode === "readwrite") count.transactions++;
  });
  for (const name of ["put", "add"]) {
    watch(IDBObjectStore.prototype, name, (_store, [value, key]) => {
      count.indexed++;
      count.bytes += size(value) + size(key);
    });
  }
  watch(IDBCursor.prototype, "update", (_cursor, [value]) => {
    count.indexed++;
    count.bytes += size(value);
  });
  for (const name of ["delete", "clear"]) {
    watch(IDBObjectStore.prototype, name, () => count.removals++);
  }
  watch(IDBCursor.prototype, "delete", () => count.removals++);

  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  if (cookie?.get && cookie.set) {
    const { get, set } = cookie;
    Object.defineProperty(Document.prototype, "cookie", {
      ...cookie,
      get,
      /** @this {Document} @param {string} text */
      set(text) {
        count.cookie++;
        count.bytes += size(String(text));
        set.call(this, text);
      },
    });
  }
  if ("CookieStore" in window) {
    watch(CookieStore.prototype, "set", (_store, args) => {
      count.cookie++;
      count.bytes += size(args);
    });
    watch(CookieStore.prototype, "delete", () => count.removals++);
  }
}
