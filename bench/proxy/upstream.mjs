// @ts-check
import { createServer } from "node:http";

// A process of its own that stands in for the service and answers every body 5 ms after its last
// byte.
const ANSWER_MS = 5;
const answer = JSON.stringify({
  data: [{ taskType: "caption", text: "A harbour.", cost: 0.0019 }],
});

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    setTimeout(() => {
      response.writeHead(200, { "Content-Type": "application/json" }).end(answer);
    }, ANSWER_MS);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : null;
  console.log(`http://127.0.0.1:${port}`);
});
