import type { Plugin } from "vite";
import { policyMetaTag } from "#server/content-security-policy.ts";

/** Writes the Content-Security-Policy into the built page, for hosts that send no headers. */
export function policyTag(connect: readonly string[]): Plugin {
  return {
    name: "contact-sheet:policy-tag",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      // First in the head, since it does not apply to what comes before it.
      handler: (html) =>
        html.replace(/<head[^>]*>/u, (head) => `${head}\n    ${policyMetaTag(connect)}`),
    },
  };
}
