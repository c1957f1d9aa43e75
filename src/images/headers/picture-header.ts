import { FailureError, type Failure } from "#src/domain/failure.ts";

/** The colours of a file as far as its header names them. */
export type ColourProfile =
  | { kind: "icc"; bytes: Uint8Array }
  /** zlib-compressed, as in PNG. */
  | { kind: "icc-compressed"; bytes: Uint8Array }
  /** Code points of ITU-T H.273. */
  | { kind: "cicp"; primaries: number; transfer: number };

/** What a header says about a picture, read without decoding a pixel. */
export interface PictureHeader {
  /** Pixels as stored, before any turning by EXIF. */
  width: number;
  height: number;
  /** More than one frame or page. */
  severalFrames: boolean;
  mayHaveAlpha: boolean;
  /** CMYK, Lab: colours that no canvas holds. */
  foreignColours: boolean;
  /** It comes with a second picture that makes the first brighter on screens that can do more. */
  gainMap: boolean;
  /** The data ends before its structure says it does. */
  cutShort: boolean;
  profile: ColourProfile | null;
  /** A TIFF structure with the camera's tags. */
  exif: Uint8Array | null;
  xmp: Uint8Array | null;
  /** IPTC datasets. */
  iptc: Uint8Array | null;
  /** A thumbnail outside the EXIF data. */
  thumbnail: boolean;
  /**
   * IPTC, comments and other words: anything that could say something about a person, beside EXIF and XMP.
   */
  otherMetadata: boolean;
}

/** A header of an ordinary picture, for a reader to fill in. */
export function plainHeader(width: number, height: number): PictureHeader {
  return {
    width,
    height,
    severalFrames: false,
    mayHaveAlpha: false,
    foreignColours: false,
    gainMap: false,
    cutShort: false,
    profile: null,
    exif: null,
    xmp: null,
    iptc: null,
    thumbnail: false,
    otherMetadata: false,
  };
}

/** Thrown by header readers for a file that breaks its format's rules. */
export function damaged(): FailureError {
  return unreadable("damaged");
}

/** The failure of a file that cannot be read, ready to throw. */
export function unreadable(
  reason: Extract<Failure, { kind: "unreadable-image" }>["reason"],
): FailureError {
  return new FailureError({ kind: "unreadable-image", reason });
}
