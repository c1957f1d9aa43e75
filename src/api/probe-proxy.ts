import * as v from "valibot";
import { HEALTH_PATH } from "#src/contract/endpoint.ts";
import { health } from "#src/contract/health.ts";
import type { CallLimits } from "#src/domain/delivery.ts";
import { toFailure } from "#src/domain/failure.ts";
import type { FetchLike } from "#src/lib/fetch-like.ts";
import { readBody } from "./read-body.ts";
import { withinLimits } from "./within-limits.ts";

/** What a proxy says about itself. */
export interface ProxyFacts {
  upstream: "sandbox" | "runware";
  version: string;
  /** Base addresses of further proxies its operator lists. */
  proxies: readonly string[];
}

/**
 * Asks an address (ending in /api) whether a proxy is there. Null if anything else answers, such as a static host's
 * index.html, or nothing at all: then only a direct connection is left. Rejects only if it is cancelled.
 */
export async function probeProxy(
  fetch: FetchLike,
  apiUrl: string,
  limits: CallLimits,
): Promise<ProxyFacts | null> {
  const baseUrl = apiUrl.replace(/\/+$/u, "");
  try {
    return await withinLimits(limits, async (signal) => {
      const response = await fetch(`${baseUrl}${HEALTH_PATH}`, {
        credentials: "same-origin",
        redirect: "error",
        cache: "no-store",
        referrerPolicy: "no-referrer",
        signal,
      });
      const body = await readBody(response);
      const parsed = v.safeParse(health, body.kind === "json" && response.ok ? body.value : null);
      if (!parsed.success) return null;
      const { upstream, version, proxies } = parsed.output;
      return { upstream, version, proxies: proxies ?? [] };
    });
  } catch (thrown) {
    if (toFailure(thrown).kind === "cancelled") throw thrown;
    return null;
  }
}
