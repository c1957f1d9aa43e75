import type { PixelSize } from "#src/images/fit.ts";
import type { ColourProfile } from "#src/images/headers/picture-header.ts";

/** A decoded original, still unturned. Whoever takes it must close it. */
export interface DecodedPicture {
  source: ImageBitmap | VideoFrame;
  /** Pixels of the original, before any turning. */
  stored: PixelSize;
  /** Only a part of the rows could be read. */
  truncated: boolean;
  /** It is the preview of a raw file. */
  preview: boolean;
  /** The profile that the pixels are still in; null if the browser has converted them to sRGB. */
  unconverted: ColourProfile | null;
  /** Its colours had to be brought into sRGB, which its header may not tell. */
  converted: boolean;
  close(): void;
}

/** A whole picture in sRGB; `facts` says what is otherwise. */
export function decodedPicture(
  source: DecodedPicture["source"],
  facts: Partial<Omit<DecodedPicture, "source" | "close">> = {},
): DecodedPicture {
  const stored =
    source instanceof ImageBitmap
      ? source
      : { width: source.displayWidth, height: source.displayHeight };
  return {
    source,
    stored,
    truncated: false,
    preview: false,
    unconverted: null,
    converted: false,
    ...facts,
    close: () => source.close(),
  };
}
