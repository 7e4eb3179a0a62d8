/**
 * A proxy that keeps no more than a few connections to any server: that of the widget's tests
 * (wasm-bindgen-test-runner's) now and then never answers on a fifth one, and a browser opens one for
 * each of the modules that it loads at once. Prints its port, and ends with its standard input.
 */
import http from "node:http";

const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });

const server = http.createServer((request, response) => {
  const { method, headers, url = "" } = request;
  const onward = http.request(url, { method, headers, agent }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  request.pipe(onward);
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address && typeof address === "object") console.log(address.port);
});
process.stdin.on("end", () => process.exit()).resume();
