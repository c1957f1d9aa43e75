/** How tasks reach the service. A key is never part of it: it lives in the key store alone. */
export type Connection =
  /** The person's own key, straight to the service. */
  | { kind: "direct" }
  /** A proxy's API; `upstream` says whether the sandbox or the real service answers behind it. `baseUrl` ends without a slash. */
  | { kind: "proxy"; baseUrl: string; upstream: "sandbox" | "runware" };

/** Which purse a connection pays from. Prices seen and money spent are never joined across purses. */
export type Purse = "sandbox" | "runware";

/** The purse that a connection's tasks are paid from. */
export function purseOf(connection: Connection): Purse {
  return connection.kind === "proxy" ? connection.upstream : "runware";
}
