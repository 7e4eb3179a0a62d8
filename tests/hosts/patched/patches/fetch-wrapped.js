// @ts-nocheck: it breaks what the types promise.
// As monitoring scripts do: every request goes through a wrapper that looks at the answer too.
{
  const original = window.fetch;
  window.hostRequests = [];
  window.fetch = async function (...args) {
    const request = args[0];
    window.hostRequests.push(String(request instanceof Request ? request.url : request));
    const response = await original.apply(this, args);
    await response.clone().text();
    return response;
  };
}
