import * as v from "valibot";
import { FailureError } from "#src/domain/failure.ts";
import type { FetchLike } from "#src/lib/fetch-like.ts";

/** Reads the pictures of the sample sheet. Rejects with a FailureError if they cannot be had. */
export type SampleReader = (signal: AbortSignal) => Promise<readonly File[]>;

const index = v.array(v.pipe(v.string(), v.regex(/^[\w.-]+$/u)));
const MIME: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
};

/** @param baseUrl where the samples are, with a trailing slash; its index.json lists their file names */
export function createSampleReader(fetch: FetchLike, baseUrl: string): SampleReader {
  return async (signal) => {
    const get = async (path: string): Promise<Response> => {
      const response = await fetch(`${baseUrl}${path}`, { signal }).catch(() => null);
      if (response?.ok !== true) throw new FailureError({ kind: "unreachable", via: "proxy" });
      return response;
    };
    const listed = v.safeParse(index, await (await get("index.json")).json());
    if (!listed.success) throw new FailureError({ kind: "internal", detail: "sample index" });
    return Promise.all(
      listed.output.map(async (name) => {
        const bytes = await (await get(name)).arrayBuffer();
        const type = MIME[name.split(".").at(-1) ?? ""] ?? "";
        return new File([bytes], name, { type });
      }),
    );
  };
}
