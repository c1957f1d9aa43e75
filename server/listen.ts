import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { OperatorError } from "./operator-error.ts";

export interface ListenOptions {
  fetch: Parameters<typeof getRequestListener>[0];
  host: string;
  port: number;
  /** How long requests in flight may still take once the server is told to stop. */
  graceMs: number;
  /** Told when that time is over: the last moment to answer them with a failure. */
  onGraceOver: () => void;
}

export interface ListeningServer {
  /** Without a closing slash. */
  url: string;
  /** Takes no new connection, lets requests in flight be answered, and resolves when the last connection is gone. */
  stop: () => Promise<void>;
}

// What is left of the time to end in, for answers to reach their callers.
const FAREWELL_MS = 500;
// Long, since a connection that closes just as a browser sends on it leaves the fate of a paid task unknown.
const KEEP_ALIVE_MS = 75_000;
const IDLE_CHECK_MS = 50;

/** @throws OperatorError where the address can't be listened on. */
export async function listen(options: ListenOptions): Promise<ListeningServer> {
  const listener = getRequestListener(options.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    // Else a caller's kept connection would outlive the end of the server.
    if (!server.listening) response.setHeader("Connection", "close");
    void listener(request, response);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await startListening(server, options);
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? options.port) : options.port;
  const name = options.host.includes(":") ? `[${options.host}]` : options.host;
  return { url: `http://${name}:${port}`, stop: async () => stopListening(server, options) };
}

async function startListening(server: Server, { host, port }: ListenOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => {
      reject(new OperatorError(adviceFor(error, host, port)));
    });
    server.listen({ host, port }, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

async function stopListening(
  server: Server,
  { graceMs, onGraceOver }: ListenOptions,
): Promise<void> {
  const timers = [
    setTimeout(onGraceOver, graceMs),
    setTimeout(() => {
      server.closeAllConnections();
    }, graceMs + FAREWELL_MS),
    // A connection whose last answer is out counts as idle only now and then: look again until all are gone.
    setInterval(() => {
      server.closeIdleConnections();
    }, IDLE_CHECK_MS),
  ];
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  timers.forEach(clearTimeout);
}

function adviceFor(error: Error, host: string, port: number): string {
  const code = "code" in error ? error.code : null;
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} is taken: stop what uses it, or choose another with PORT=${port + 1 > 65_535 ? 4170 : port + 1}.`;
    case "EACCES":
      return `Port ${port} needs rights this user lacks: choose one above 1023 with PORT.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `HOST=${host} is not an address of this machine: correct it, or leave it out for 127.0.0.1.`;
    default:
      return `Listening on ${host}:${port} failed: choose another address with HOST and PORT.`;
  }
}
