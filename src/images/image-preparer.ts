import type { EncodedPicture, PreparedPicture } from "#src/domain/picture.ts";
import type { ImageId, PartSource } from "#src/domain/image.ts";
import type { Failure } from "#src/domain/failure.ts";
import type { Mount } from "#src/domain/mount.ts";
import type { Drawing } from "./drawing.ts";
import type { PixelSize } from "./fit.ts";

/** A picture ready to be posted. It equals the stored copy if that needs no change. */
export interface ReadyPicture {
  dataUri: string;
  width: number;
  height: number;
  /** Of the encoded picture, before base64. */
  bytes: number;
  /** The copy that was made on the way, to be kept; null if the stored one was sent unchanged. */
  made: EncodedPicture | null;
}

/** The pool of image workers. Every promise rejects with a FailureError; an aborted signal rejects at once. */
export interface ImagePreparer {
  /**
   * One decode of an original: facts, hash, thumbnail, copy of at most `copySide` pixels a side. With a box, only that part
   * of it is in thumbnail and copy, and measured.
   */
  prepare(
    original: Blob,
    options: { copySide: number; signal: AbortSignal; imageId: ImageId; box?: PartSource["box"] },
  ): Promise<PreparedPicture>;
  /**
   * The data URI of a stored copy, a JPEG. First it is made smaller if it is larger than `side` (pixels of the longest
   * side), and mounted; with null it is ready as it is.
   */
  ready(
    copy: EncodedPicture,
    sent: { side: number; mount: Mount | null } | null,
    signal: AbortSignal,
  ): Promise<ReadyPicture>;
  /** The perceptual hash of a stored thumbnail, for a picture that was taken in before it was made. */
  hashThumbnail(thumbnail: EncodedPicture, signal: AbortSignal): Promise<string>;
  /** Ends every worker; the next call starts new ones. */
  end(): void;
}

/** What the pool tells a worker. A worker has one order at a time, so answers need no ids. */
export type WorkerOrder =
  /** `byLibrary` tells the one worker that may load the library, which decodes what browsers can't. */
  | {
      kind: "prepare";
      original: Blob;
      copySide: number;
      /** The part that is wanted; null for all of it. */
      box: PartSource["box"] | null;
      byLibrary: boolean;
    }
  /** The second half of "prepare" for a drawing that only a page can turn into pixels. */
  | {
      kind: "prepare-drawing";
      original: Blob;
      copySide: number;
      box: PartSource["box"] | null;
      pixels: ImageBitmap;
      /** They are without the HTML that is embedded in it. */
      isBare: boolean;
    }
  | {
      kind: "make-ready";
      copy: EncodedPicture;
      sent: { side: number; mount: Mount | null } | null;
    }
  | { kind: "hash-thumbnail"; thumbnail: EncodedPicture };

/** What a worker tells the pool. */
export type WorkerReport =
  /** Waits until no other worker has a heavy picture: no deadline runs in the meantime. */
  | { kind: "turn-awaited" }
  | { kind: "turn-taken" }
  /** It holds memory that it can't give back: it is to be ended once this order is done. */
  | { kind: "worn-out" }
  /** The same order is for the worker that has the library. */
  | { kind: "library-wanted" }
  | { kind: "drawing-wanted"; drawing: Drawing; size: PixelSize }
  | { kind: "prepared"; picture: PreparedPicture }
  | { kind: "made-ready"; picture: ReadyPicture }
  | { kind: "hashed"; perceptualHash: string }
  | { kind: "failed"; failure: Failure };
