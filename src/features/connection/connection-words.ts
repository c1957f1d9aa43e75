import type { Connection } from "#src/domain/connection.ts";
import type { ConnectionState } from "#src/state/connection-store.ts";

/** A connection in a word or two, for the header. */
export function connectionName(connection: Connection): string {
  if (connection.kind === "direct") return "Direct";
  return connection.upstream === "sandbox" ? "Sandbox (simulated)" : "Proxy";
}

/** What keeps the connection in use from working, in a few words; null if nothing is known to. */
export function connectionTrouble(
  state: Pick<ConnectionState, "connection" | "unreachable" | "keyPlace">,
): string | null {
  if (state.unreachable) return "not answering";
  if (state.connection?.kind === "direct" && state.keyPlace === null) return "no key";
  return null;
}

/** The name of a proxy for the user: its host, or "This server". */
export function proxyName(baseUrl: string, pageUrl: string): string {
  const url = new URL(baseUrl, pageUrl);
  return url.origin === new URL(pageUrl).origin ? "This server" : url.host + trimPath(url.pathname);
}

function trimPath(pathname: string): string {
  return pathname.replace(/\/(api(\/v1)?\/?)?$/, "");
}
