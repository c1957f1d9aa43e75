import type { SheetImage } from "#src/domain/image.ts";

/** Which of a sheet's images could leave the browser, and how. */
export interface SentSum {
  /** Bytes of the originals whose copies would be sent. */
  hashes: readonly string[];
  /** How many the service fetches itself. */
  byAddress: number;
  /** How many are not known yet, since they are still being prepared. */
  preparing: number;
}

/** Sorts images by the way they would be sent; one that is known only by its hash would not be. */
export function sentSumOf(images: readonly SheetImage[]): SentSum {
  const phases = images.map((image) => image.preparation.phase);
  return {
    hashes: images.flatMap(({ preparation }) =>
      preparation.phase === "ready" ? [preparation.pictureHash] : [],
    ),
    byAddress: phases.filter((phase) => phase === "remote").length,
    preparing: phases.filter((phase) => phase === "queued" || phase === "preparing").length,
  };
}
