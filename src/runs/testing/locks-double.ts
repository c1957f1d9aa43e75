import type { Locks } from "#src/runs/ports.ts";

interface Claim {
  tab: number;
  grant: () => void;
}

/** Web Locks: exclusive, in the order of asking, released when the work is done or the tab is gone. */
export function createLocksDouble(): { tab: () => { locks: Locks; releaseAll: () => void } } {
  const claims = new Map<string, Claim[]>();
  let tabs = 0;
  const release = (name: string, claim: Claim): void => {
    const line = claims.get(name) ?? [];
    const wasHolder = line[0] === claim;
    claims.set(
      name,
      line.filter((other) => other !== claim),
    );
    if (wasHolder) claims.get(name)?.[0]?.grant();
  };
  return {
    tab: () => {
      tabs += 1;
      const tab = tabs;
      let isGone = false;
      return {
        locks: {
          request: (name, options, work) =>
            isGone
              ? new Promise(() => undefined)
              : request({ claims, release, tab }, name, { ...options, work }),
        },
        releaseAll: () => {
          isGone = true;
          for (const [name, line] of claims)
            for (const claim of line.filter((other) => other.tab === tab)) release(name, claim);
        },
      };
    },
  };
}

async function request(
  parts: {
    claims: Map<string, Claim[]>;
    release: (name: string, claim: Claim) => void;
    tab: number;
  },
  name: string,
  options: Parameters<Locks["request"]>[1] & { work: Parameters<Locks["request"]>[2] },
): Promise<void> {
  const line = parts.claims.get(name) ?? [];
  parts.claims.set(name, line);
  if (options.ifAvailable === true && line.length > 0) {
    await options.work(null);
    return;
  }
  let claim: Claim = { tab: parts.tab, grant: () => undefined };
  await new Promise<void>((resolve, reject) => {
    claim = { tab: parts.tab, grant: resolve };
    options.signal?.addEventListener("abort", () => {
      parts.release(name, claim);
      reject(new DOMException("", "AbortError"));
    });
    line.push(claim);
    if (line[0] === claim) resolve();
  });
  try {
    await options.work({ name });
  } finally {
    parts.release(name, claim);
  }
}
