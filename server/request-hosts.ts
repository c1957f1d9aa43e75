import { isIP } from "node:net";

/** Which `Host` headers a server answers to. */
export interface HostRules {
  /** The address or name the server listens on. */
  listensOn: string;
  /** Names the operator added, in lower case and without ports. */
  allowedHosts: readonly string[];
}

/** True for names and addresses that only this machine can reach; IPv6 with or without its brackets. */
export function isLoopback(host: string): boolean {
  const name = withoutBrackets(host.toLowerCase());
  return (
    name === "localhost" || name.endsWith(".localhost") || name === "::1" || isLoopbackV4(name)
  );
}

/**
 * Whether a `Host` header names this server. A page elsewhere can point its own domain at this address and so become
 * "same origin" (DNS rebinding), but the header gives its name away. An address, unlike a name, can't be pointed
 * elsewhere, so beyond the loopback every address is taken.
 */
export function isOwnHost(header: string | undefined, rules: HostRules): boolean {
  const name = hostName(header);
  if (name === null) return false;
  if (isLoopback(name) || rules.allowedHosts.includes(name)) return true;
  const bare = withoutBrackets(name);
  if (bare === withoutBrackets(rules.listensOn.toLowerCase())) return true;
  return !isLoopback(rules.listensOn) && isIP(bare) !== 0;
}

/** The name in a `Host` header, in lower case and without its port; null if there is none. */
function hostName(header: string | undefined): string | null {
  const found = /^(\[[\da-f:.]+\]|[\w.-]+)(?::\d*)?$/iu.exec(header ?? "");
  return found?.[1]?.toLowerCase() ?? null;
}

function isLoopbackV4(name: string): boolean {
  return isIP(name) === 4 && name.startsWith("127.");
}

function withoutBrackets(name: string): string {
  return name.replace(/^\[(.*)\]$/u, "$1");
}
