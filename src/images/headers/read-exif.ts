import {
  openTiff,
  readDirectory,
  readNumber,
  readText,
  type TiffDirectory,
  type TiffStructure,
} from "./tiff-structure.ts";

/** What EXIF data says about a picture and the person who took it. */
export interface ExifFacts {
  /** 1–8; 1 if none is written or it makes no sense. */
  orientation: number;
  /** The offset of the orientation's two bytes from the first byte of the EXIF data; null if none is written. */
  orientationOffset: number | null;
  littleEndian: boolean;
  /** "YYYY-MM-DDTHH:MM:SS". */
  capturedAt: string | null;
  camera: string | null;
  hasLocation: boolean;
  hasThumbnail: boolean;
}

// Tag numbers: EXIF 2.32 (CIPA DC-008), tables 4, 6 and 15.
const tag = {
  make: 0x010f,
  model: 0x0110,
  orientation: 0x0112,
  exifDirectory: 0x8769,
  gpsDirectory: 0x8825,
  dateTime: 0x0132,
  dateTimeOriginal: 0x9003,
  dateTimeDigitized: 0x9004,
  thumbnailOffset: 0x0201,
  gpsLatitude: 0x0002,
  gpsLongitude: 0x0004,
} as const;

const nothing: ExifFacts = {
  orientation: 1,
  orientationOffset: null,
  littleEndian: false,
  capturedAt: null,
  camera: null,
  hasLocation: false,
  hasThumbnail: false,
};

/** Reads EXIF data (a TIFF structure). Broken data says nothing rather than failing: the pixels may be whole. */
export function readExif(bytes: Uint8Array | null): ExifFacts {
  if (bytes === null) return nothing;
  try {
    const tiff = openTiff(bytes);
    return factsOf(tiff, readDirectory(tiff, tiff.first));
  } catch {
    return nothing;
  }
}

function factsOf(tiff: TiffStructure, main: TiffDirectory): ExifFacts {
  const exif = directoryAt(tiff, main, tag.exifDirectory);
  const gps = directoryAt(tiff, main, tag.gpsDirectory);
  const orientation = main.entries.get(tag.orientation);
  const turn = readNumber(tiff, orientation);
  return {
    orientation: turn !== null && turn >= 1 && turn <= 8 ? turn : 1,
    orientationOffset: orientation?.type === 3 ? orientation.offset : null,
    littleEndian: tiff.littleEndian,
    capturedAt: captureDate(tiff, [
      exif?.entries.get(tag.dateTimeOriginal),
      exif?.entries.get(tag.dateTimeDigitized),
      main.entries.get(tag.dateTime),
    ]),
    camera: cameraName(
      readText(tiff, main.entries.get(tag.make)),
      readText(tiff, main.entries.get(tag.model)),
    ),
    hasLocation:
      gps?.entries.has(tag.gpsLatitude) === true || gps?.entries.has(tag.gpsLongitude) === true,
    hasThumbnail: hasThumbnail(tiff, main),
  };
}

function directoryAt(
  tiff: TiffStructure,
  main: TiffDirectory,
  pointer: number,
): TiffDirectory | null {
  const offset = readNumber(tiff, main.entries.get(pointer));
  if (offset === null) return null;
  try {
    return readDirectory(tiff, offset);
  } catch {
    return null;
  }
}

function hasThumbnail(tiff: TiffStructure, main: TiffDirectory): boolean {
  if (main.next === 0) return false;
  try {
    return readDirectory(tiff, main.next).entries.has(tag.thumbnailOffset);
  } catch {
    return false;
  }
}

type Entry = Parameters<typeof readText>[1];

/** EXIF writes "YYYY:MM:DD HH:MM:SS", and blanks or zeros if the clock was never set. */
function captureDate(tiff: TiffStructure, entries: readonly Entry[]): string | null {
  for (const entry of entries) {
    const found = /^(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}:\d{2}:\d{2})/.exec(
      readText(tiff, entry) ?? "",
    );
    if (found !== null && found[1] !== "0000")
      return `${found[1]}-${found[2]}-${found[3]}T${found[4]}`;
  }
  return null;
}

function cameraName(make: string | null, model: string | null): string | null {
  if (make === null || model === null) return model ?? make;
  // Many makers begin the model with their own name.
  const brand = make.split(" ")[0] ?? make;
  return model.toLowerCase().startsWith(brand.toLowerCase()) ? model : `${make} ${model}`;
}
