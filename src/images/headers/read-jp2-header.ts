import { hasTextAt, viewOf } from "./bytes.ts";
import { boxesIn, findBox, type IsoBox } from "./iso-boxes.ts";
import { damaged, plainHeader, type PictureHeader } from "./picture-header.ts";

/** Reads a JPEG 2000's header, bare or in its container (ITU-T T.800, annexes A and I). */
export function readJp2Header(bytes: Uint8Array): PictureHeader {
  if (hasTextAt(bytes, 0, "\xff\x4f\xff\x51")) {
    const { header, components } = readCodestream(bytes);
    // A bare codestream has no way to say what its components are.
    header.mayHaveAlpha = components === 2 || components === 4;
    header.hints.unnamedAlpha = header.mayHaveAlpha;
    header.cutShort = !hasTextAt(bytes, bytes.length - 2, "\xff\xd9");
    return header;
  }
  const boxes = boxesIn(bytes, 0, bytes.length);
  const codestream = boxes.find(({ type }) => type === "jp2c");
  const about = boxes.find(({ type }) => type === "jp2h");
  if (codestream === undefined || about === undefined)
    throw new RangeError("no codestream before the end");
  const { header } = readCodestream(codestream.data);
  header.mayHaveAlpha = true;
  header.cutShort = boxes.some(({ cutShort }) => cutShort);
  readColours(about, header);
  header.xmp = boxes.find(isXmp)?.data.subarray(16) ?? null;
  header.otherMetadata = boxes.some(({ type }) => type === "xml " || type === "uuid");
  return header;
}

/** The size marker, which comes first (A.5.1): the extent of the grid, less its offset. */
function readCodestream(bytes: Uint8Array): { header: PictureHeader; components: number } {
  const view = viewOf(bytes);
  const width = view.getUint32(8) - view.getUint32(16);
  const height = view.getUint32(12) - view.getUint32(20);
  if (width <= 0 || height <= 0) throw damaged();
  return { header: plainHeader(width, height), components: view.getUint16(40) };
}

/** Method 1 numbers a colour space (12 is CMYK, 14 CIELab), methods 2 and 3 hold a profile. */
function readColours(about: IsoBox, header: PictureHeader): void {
  const colours = findBox(about, "colr")?.data;
  if (colours === undefined || colours.length < 7) return;
  const view = viewOf(colours);
  const method = view.getUint8(0);
  if (method === 1) header.foreignColours = [12, 14].includes(view.getUint32(3));
  else if (method < 4) header.profile = { kind: "icc", bytes: colours.subarray(3) };
}

const xmpId = "\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac";

function isXmp({ type, data }: IsoBox): boolean {
  return type === "uuid" && hasTextAt(data, 0, xmpId);
}
