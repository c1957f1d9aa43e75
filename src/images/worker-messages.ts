import type { Failure } from "#src/domain/failure.ts";
import type { EncodedPicture, NewPicture } from "#src/domain/picture.ts";
import type { PixelSize } from "./fit.ts";
import type { ReadyPicture } from "./image-preparer.ts";

/** What the pool tells a worker. A worker has one order at a time, so answers need no ids. */
export type WorkerOrder =
  | { kind: "prepare"; original: Blob; copySide: number }
  /** The second half of "prepare" for a drawing that only a page can turn into pixels. */
  | { kind: "prepare-drawing"; original: Blob; copySide: number; pixels: ImageBitmap }
  | { kind: "make-ready"; copy: EncodedPicture; side: number };

/** What a worker tells the pool. */
export type WorkerReport =
  /** Waits until no other worker has a heavy picture: no deadline runs in the meantime. */
  | { kind: "turn-awaited" }
  | { kind: "turn-taken" }
  | { kind: "drawing-wanted"; size: PixelSize }
  | { kind: "prepared"; picture: NewPicture }
  | { kind: "made-ready"; picture: ReadyPicture }
  | { kind: "failed"; failure: Failure };
