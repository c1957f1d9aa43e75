import type { Background } from "./mount.ts";

/** The image formats that intake recognises by their bytes; "raw" is whatever a camera's sensor gave. */
export const PICTURE_FORMATS = [
  "jpeg",
  "png",
  "webp",
  "gif",
  "avif",
  "bmp",
  "ico",
  "svg",
  "heic",
  "tiff",
  "jxl",
  "psd",
  "jp2",
  "exr",
  "tga",
  "dds",
  "pcx",
  "qoi",
  "raw",
] as const;

export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** What was in the original file but is not in the copy. */
export type RemovedPart = "location" | "camera" | "capture-date" | "thumbnail" | "other-metadata";

/** Something the user should know about how a picture was read. "alpha-on-white" is of copies that older apps made. */
export const PICTURE_NOTES = [
  "first-frame-only",
  "preview-only",
  "truncated",
  "colours-converted",
  "alpha-on-white",
  // PQ or HLG became sRGB.
  "tone-mapped",
  // A gain map, for screens that can do more, was left out.
  "gain-map-unused",
  // A drawing's embedded HTML was left out.
  "labels-missing",
] as const;

export type PictureNote = (typeof PICTURE_NOTES)[number];

/** Facts about an original file, read once at intake. Sizes are of the upright picture, in pixels. */
export interface PictureFacts {
  /** SHA-256 of the original bytes, lower-case hex. */
  hash: string;
  format: PictureFormat;
  /** Bytes of the original file. */
  bytes: number;
  width: number;
  height: number;
  /** EXIF orientation, 1–8; 1 if none is written. */
  orientation: number;
  /** As written by the camera, "YYYY-MM-DDTHH:MM:SS"; null if there is none. */
  capturedAt: string | null;
  camera: string | null;
  hasLocation: boolean;
  removed: readonly RemovedPart[];
  notes: readonly PictureNote[];
  /**
   * The background that it differs from most plainly; null if it is opaque, or its copy was laid on white when it was
   * made, as older apps did.
   */
  background: Background | null;
  /**
   * 64 bits in lower-case hex that are much the same for pictures that look alike; null for pictures from before it was
   * made.
   */
  perceptualHash: string | null;
}

/** The perceptual hash of a picture that has too little in it to tell it from others: it is like no other. */
export const FEATURELESS = "0000000000000000";

/** Encoded pixels at rest: bytes and type, never a Blob (some WebKits lose Blobs in IndexedDB) and never a data URI. */
export interface EncodedPicture {
  bytes: ArrayBuffer;
  /** JPEG unless it is transparent in places; which of the others depends on what the browser can write. */
  mime: "image/jpeg" | "image/webp" | "image/png";
  width: number;
  height: number;
}

/** Everything that one decode of an original makes. */
export interface NewPicture {
  facts: PictureFacts;
  /** At most 320 px a side. */
  thumbnail: EncodedPicture;
  /** What this browser keeps: upright, sRGB, without metadata, transparent where the original is. */
  copy: EncodedPicture;
}

/** Words about a picture that its own metadata holds. */
export interface PictureText {
  about: "description" | "alt" | "long" | "title" | "keywords";
  /** The standard and the property: "XMP dc:description". */
  name: string;
  text: string;
}

/** A picture as it was prepared, with the words that came in its file, which are kept apart from it. */
export interface PreparedPicture extends NewPicture {
  texts: readonly PictureText[];
}
