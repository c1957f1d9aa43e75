import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { OperatorError } from "./operator-error.ts";

export interface ListenOptions {
  fetch: Parameters<typeof getRequestListener>[0];
  host: string;
  port: number;
  /** How long requests in flight may still take after the server is told to stop. */
  graceMs: number;
  /** Called when that time is over: the last moment to answer them with a failure. */
  onGraceOver: () => void;
}

export interface ListeningServer {
  /** Without a trailing slash. */
  url: string;
  /**
   * Takes no new connections, lets requests in flight be answered, and resolves when the last connection is gone.
   */
  stop: () => Promise<void>;
}

// The rest of the time to end in, for answers to reach their callers.
const FAREWELL_MS = 500;
// Long, because if a connection closes just as a browser sends on it, the fate of a paid task is unknown.
const KEEP_ALIVE_MS = 75_000;
const IDLE_CHECK_MS = 50;

/** @throws OperatorError if the server can't listen on the address. */
export async function listen(options: ListenOptions): Promise<ListeningServer> {
  const listener = getRequestListener(options.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    // Otherwise a caller's kept-alive connection would outlive the server.
    if (!server.listening) response.setHeader("Connection", "close");
    // What even the listener can’t answer ends its connection, and not the server.
    listener(request, response).catch(() => response.destroy());
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
    // A connection does not always count as idle as soon as its last answer is out, so check again until all
    // are gone.
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
