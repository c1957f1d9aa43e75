import { hasTextAt, textAt, viewOf } from "./bytes.ts";
import { damaged, plainHeader, type PictureHeader } from "./picture-header.ts";

const xmpKeyword = "XML:com.adobe.xmp\0";

/** Reads a PNG's chunks without inflating any (PNG third edition, W3C 2025). */
export function readPngHeader(bytes: Uint8Array): PictureHeader {
  const view = viewOf(bytes);
  if (!hasTextAt(bytes, 12, "IHDR")) throw damaged();
  const header = plainHeader(view.getUint32(16), view.getUint32(20));
  if (header.width === 0 || header.height === 0) throw damaged();
  // Colour types 4 and 6 carry alpha.
  header.mayHaveAlpha = (view.getUint8(25) & 4) !== 0;
  header.cutShort = true;
  let offset = 8;
  while (offset + 12 <= bytes.length && header.cutShort) {
    const length = view.getUint32(offset);
    const type = textAt(bytes, offset + 4, 4);
    const end = offset + 12 + length;
    if (type === "IEND") header.cutShort = false;
    else if (end <= bytes.length) readChunk(type, bytes.subarray(offset + 8, end - 4), header);
    offset = end;
  }
  return header;
}

function readChunk(type: string, data: Uint8Array, header: PictureHeader): void {
  switch (type) {
    case "acTL":
      header.severalFrames = viewOf(data).getUint32(0) > 1;
      break;
    case "tRNS":
      header.mayHaveAlpha = true;
      break;
    case "iCCP":
      // Name, zero byte, compression method, then the profile. A cICP chunk takes precedence.
      header.profile ??= {
        kind: "icc-compressed",
        bytes: data.subarray(data.indexOf(0) + 2),
      };
      break;
    case "cICP":
      header.profile = { kind: "cicp", primaries: data[0] ?? 2, transfer: data[1] ?? 2 };
      break;
    case "eXIf":
      header.exif = data;
      break;
    case "iTXt":
      if (hasTextAt(data, 0, xmpKeyword))
        header.xmp = plainTextOf(data.subarray(xmpKeyword.length));
      else header.otherMetadata = true;
      break;
    case "tEXt":
    case "zTXt":
    case "tIME":
      header.otherMetadata = true;
      break;
    default:
  }
}

/**
 * The text after the keyword: it follows a compression flag and method, a language and a translated keyword. XMP is
 * written uncompressed (ISO 16684-3, 1.1.5); if it is not, it stays as it is, and nothing is read of it.
 */
function plainTextOf(data: Uint8Array): Uint8Array {
  const language = data.indexOf(0, 2);
  const translated = data.indexOf(0, language + 1);
  return language === -1 || translated === -1 ? data : data.subarray(translated + 1);
}
