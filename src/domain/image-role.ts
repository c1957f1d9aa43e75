/**
 * What a picture is for where it will stand, and so what its text has to say: what it shows; nothing, since it only
 * decorates; what the link or button does that it stands on; or more than a short text can hold. The kinds are those of
 * the W3C's Images Tutorial.
 */
export type ImageRole = "informative" | "decorative" | "functional" | "complex";

/** As users are offered them. */
export const IMAGE_ROLES = [
  "informative",
  "decorative",
  "functional",
  "complex",
] as const satisfies readonly ImageRole[];
