import { FailureError, type Failure } from "#src/domain/failure.ts";

/** A JPEG that a camera put into its raw file: pixels, and bytes from the file's start. */
export interface RawPreview {
  width: number;
  height: number;
  start: number;
  end: number;
}

/** The colours of a file as far as its header names them. */
export type ColourProfile =
  | { kind: "icc"; bytes: Uint8Array }
  /** zlib-compressed, as in PNG. */
  | { kind: "icc-compressed"; bytes: Uint8Array }
  /** Code points of ITU-T H.273. */
  | { kind: "cicp"; primaries: number; transfer: number };

/** What a file says in a way that the library does not see, or takes for something else. */
export interface LibraryHints {
  /** The place of the picture among the file's pages, from 0. */
  page: number;
  /** It has one sample more than its colours take, and does not say that this is alpha. */
  unnamedAlpha: boolean;
  /** Zero is white in it, in a form that the library takes for black. */
  isInverted: boolean;
  /** Its samples are floating-point numbers. */
  isFloat: boolean;
  /** It has planes that are no colour, on which the library trips: the number of those that are, and where it belongs. */
  loosePlanes: { offset: number; colours: number; littleEndian: boolean } | null;
  /** The bytes that its structure says it has, if that is more than are there and can be told; otherwise 0. */
  claimedBytes: number;
}

/** What a header says about a picture, read without decoding a pixel. */
export interface PictureHeader {
  /** Pixels as stored, before any turning by EXIF. */
  width: number;
  height: number;
  /** More than one frame or page. */
  severalFrames: boolean;
  mayHaveAlpha: boolean;
  /** How the picture is to be turned, 1–8 as in EXIF, if the format itself says so and EXIF does not count; otherwise null. */
  turn: number | null;
  /** CMYK, Lab: colours that no canvas holds. */
  foreignColours: boolean;
  /** It comes with a second picture that makes the first brighter on screens that can do more. */
  gainMap: boolean;
  /** What the library has to be told. */
  hints: LibraryHints;
  /** How a JPEG is coded, if no browser opens that; otherwise null. */
  oddCoding: "12-bit" | "12-bit-grey" | "lossless" | "arithmetic" | "hierarchical" | null;
  /** The data ends before its structure says it does. */
  cutShort: boolean;
  profile: ColourProfile | null;
  /** A TIFF structure with the camera's tags. */
  exif: Uint8Array | null;
  xmp: Uint8Array | null;
  /** IPTC datasets. */
  iptc: Uint8Array | null;
  /** The largest JPEG in a camera's raw file; null for every other format. */
  preview: RawPreview | null;
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
    turn: null,
    foreignColours: false,
    gainMap: false,
    hints: {
      page: 0,
      unnamedAlpha: false,
      isInverted: false,
      isFloat: false,
      loosePlanes: null,
      claimedBytes: 0,
    },
    oddCoding: null,
    cutShort: false,
    profile: null,
    exif: null,
    xmp: null,
    iptc: null,
    preview: null,
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
