// @ts-nocheck: it breaks what the types promise.
// A clock that is three days ahead.
{
  const original = Date.now;
  Date.now = () => original.call(Date) + 3 * 86_400_000;
}
