import type { EncodedPicture, NewPicture } from "#src/domain/picture.ts";
import type { ImageId } from "#src/domain/image.ts";

/** A picture ready to be posted. It equals the stored copy if that is no larger than the side asked for. */
export interface ReadyPicture {
  dataUri: string;
  width: number;
  height: number;
  /** Of the encoded picture, before base64. */
  bytes: number;
  /** The smaller copy that was made on the way, to be kept; null if the stored one was sent unchanged. */
  made: EncodedPicture | null;
}

/** The pool of image workers. Every promise rejects with a FailureError; an aborted signal rejects at once. */
export interface ImagePreparer {
  /** One decode of an original: facts, hash, thumbnail, copy of at most `copySide` pixels a side. */
  prepare(
    original: Blob,
    options: { copySide: number; signal: AbortSignal; imageId: ImageId },
  ): Promise<NewPicture>;
  /** The data URI of a stored copy, made smaller first if it is larger than `side` (pixels of the longest side). */
  ready(copy: EncodedPicture, side: number, signal: AbortSignal): Promise<ReadyPicture>;
  /** Ends every worker; the next call starts new ones. */
  end(): void;
}
