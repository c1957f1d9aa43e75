import type { Failure } from "./failure.ts";

export type ImageId = string;
export type SheetId = string;

/**
 * Where an image came from. "hash" alone means that the image is known only from a merged verdict file.
 */
export type ImageSource =
  | { kind: "file"; fileName: string; folder: string }
  | { kind: "clipboard"; fileName: string }
  | { kind: "sample"; fileName: string }
  /** Marks an address that a sheet file brought: nobody here has chosen to ask its host for anything. */
  | { kind: "url"; url: string; title: string | null; fromSheetFile?: true }
  | { kind: "runware"; imageUuid: string }
  | { kind: "hash"; fileName: string | null }
  | PartSource;

/** A part of another image of the sheet; it is itself an image. */
export interface PartSource {
  kind: "part";
  of: ImageId;
  /** Left, top, width, height, each 0–1 of the upright picture. */
  box: readonly [x: number, y: number, width: number, height: number];
  by: "person" | "detector" | "split";
  /** The name and the folder of the image that it is of. */
  fileName: string;
  folder: string;
  /** From 1, among the parts of its image. */
  number: number;
}

/**
 * Whether pictures whose addresses came with a sheet file are fetched from their hosts: there are none, they are held
 * back until the user allows it, or the user has allowed it.
 */
export type FilePictures = "none" | "held" | "shown";

/**
 * How far intake has come with an image. Only "ready" and "remote" images are stored and can be asked
 * about.
 */
export type Preparation =
  | { phase: "queued" }
  | { phase: "preparing" }
  | { phase: "ready"; pictureHash: string }
  | { phase: "remote" }
  | { phase: "unseen"; pictureHash: string }
  | { phase: "rejected"; failure: Failure };

/** One picture on a sheet. */
export interface SheetImage {
  id: ImageId;
  sheetId: SheetId;
  /** Its number on the strip, from 1; it stays when others are removed. A part has that of its image. */
  frame: number;
  source: ImageSource;
  preparation: Preparation;
  /** Epoch milliseconds. */
  addedAt: number;
  /** Epoch milliseconds of its removal; purged when it can no longer be undone. */
  deletedAt: number | null;
}

/** The name an image has on screen, in exports and for assistive technology. */
export function imageName(image: SheetImage): string {
  const { source } = image;
  switch (source.kind) {
    case "file":
    case "clipboard":
    case "sample":
      return source.fileName;
    case "url":
      return source.title ?? lastSegment(source.url);
    case "runware":
      return source.imageUuid;
    case "hash":
      return source.fileName ?? `image-${image.frame}`;
    case "part":
      return `${source.fileName}#${source.number}`;
  }
}

/**
 * The host of a picture that came with a sheet file as an address, and is not fetched before the user allows it: the
 * request alone would tell whoever made the file who opened it, and when. Null for every other picture.
 */
export function heldBackBy(
  { source }: Pick<SheetImage, "source">,
  filePictures: FilePictures,
): string | null {
  if (source.kind !== "url" || source.fromSheetFile !== true || filePictures === "shown")
    return null;
  const url = URL.canParse(source.url) ? new URL(source.url) : null;
  // The page's policy lets no other picture load.
  return url?.protocol === "https:" ? url.host : null;
}

function lastSegment(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed?.pathname.split("/").findLast((part) => part !== "") ?? parsed?.hostname ?? url;
}

/** True for an image that can be asked about now. */
export function isReady({ preparation }: SheetImage): boolean {
  return preparation.phase === "ready" || preparation.phase === "remote";
}
