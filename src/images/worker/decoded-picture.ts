import type { PixelSize } from "#src/images/fit.ts";
import type { ColourProfile } from "#src/images/headers/picture-header.ts";

/** A decoded original, still unturned. Whoever takes it must close it. */
export interface DecodedPicture {
  source: ImageBitmap | VideoFrame;
  /** Pixels of the original, before any turning. */
  stored: PixelSize;
  /** Only a part of the rows could be read. */
  truncated: boolean;
  /** The profile that the pixels are still in; null if the browser has converted them to sRGB. */
  unconverted: ColourProfile | null;
  close(): void;
}
