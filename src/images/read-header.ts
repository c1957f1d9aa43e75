import type { PictureFormat } from "#src/domain/picture.ts";
import { unreadable, type PictureHeader } from "./headers/picture-header.ts";
import { readBmpHeader } from "./headers/read-bmp-header.ts";
import { readGifHeader } from "./headers/read-gif-header.ts";
import { readIcoHeader } from "./headers/read-ico-header.ts";
import { readIsoMediaHeader } from "./headers/read-iso-media-header.ts";
import { readJpegHeader } from "./headers/read-jpeg-header.ts";
import { readPngHeader } from "./headers/read-png-header.ts";
import { readSvgHeader } from "./headers/read-svg-header.ts";
import { readTiffHeader } from "./headers/read-tiff-header.ts";
import { readWebpHeader } from "./headers/read-webp-header.ts";

const readers: Readonly<Record<PictureFormat, (bytes: Uint8Array) => PictureHeader>> = {
  jpeg: readJpegHeader,
  png: readPngHeader,
  webp: readWebpHeader,
  gif: readGifHeader,
  avif: readIsoMediaHeader,
  heic: readIsoMediaHeader,
  bmp: readBmpHeader,
  ico: readIcoHeader,
  svg: readSvgHeader,
  tiff: readTiffHeader,
};

/**
 * What a file says about itself, read from its bytes without decoding a pixel or taking memory for one.
 * Throws FailureError: damaged if the format's rules are broken, truncated if the header itself is cut.
 */
export function readHeader(bytes: Uint8Array, format: PictureFormat): PictureHeader {
  try {
    return readers[format](bytes);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw unreadable("truncated");
    throw thrown;
  }
}
