// @ts-nocheck: it breaks what the types promise.
// As error trackers do: each listener is wrapped, and found again when it is removed.
{
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const wrappers = new WeakMap();
  const wrapperOf = (listener) => {
    if (typeof listener !== "function") return listener;
    if (!wrappers.has(listener)) {
      wrappers.set(listener, function (event) {
        return listener.call(this, event);
      });
    }
    return wrappers.get(listener);
  };
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    return addEventListener.call(this, type, wrapperOf(listener), options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    return removeEventListener.call(this, type, wrapperOf(listener), options);
  };
}
