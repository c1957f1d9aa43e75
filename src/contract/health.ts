import * as v from "valibot";

/** What `GET api/health` answers: that this is a proxy, and what stands behind it. */
export const health = v.object({
  upstream: v.picklist(["sandbox", "runware"]),
  version: v.string(),
  /** Base addresses (ending in /api) of further proxies that the operator lists. */
  proxies: v.optional(v.array(v.pipe(v.string(), v.url()))),
});

export type Health = v.InferOutput<typeof health>;
