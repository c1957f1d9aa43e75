import { viewOf } from "./bytes.ts";
import { damaged, plainHeader, type PictureHeader } from "./picture-header.ts";
import { iptcIn, photoshopResources } from "./read-iptc.ts";

/** Channels that the colour modes take: bitmap, grey, indexed, RGB, CMYK, (none), (none), multichannel, duotone, Lab. */
const coloursOf = [1, 1, 1, 3, 4, 0, 0, 3, 1, 3];

/** Reads a Photoshop file's header and resources (Adobe Photoshop File Formats Specification, 2019). */
export function readPsdHeader(bytes: Uint8Array): PictureHeader {
  const view = viewOf(bytes);
  const isBig = view.getUint16(4) === 2;
  const channels = view.getUint16(12);
  const header = plainHeader(view.getUint32(18), view.getUint32(14));
  const depth = view.getUint16(22);
  const mode = view.getUint16(24);
  if (header.width === 0 || header.height === 0) throw damaged();
  const resourcesAt = 26 + 4 + view.getUint32(26);
  const layersAt = resourcesAt + 4 + view.getUint32(resourcesAt);
  readResources(bytes.subarray(resourcesAt + 4, layersAt), header);
  header.foreignColours = mode === 4 || mode === 9;
  header.mayHaveAlpha = channels > (coloursOf[mode] ?? channels);
  const sizeBytes = isBig ? 8 : 4;
  const layerBytes = isBig ? Number(view.getBigUint64(layersAt)) : view.getUint32(layersAt);
  const pixelsAt = layersAt + sizeBytes + layerBytes;
  const rows = header.height * channels;
  const rowBytes = Math.ceil((header.width * depth) / 8);
  header.cutShort = pixelsAt + 2 > bytes.length || endOfPixels() > bytes.length;
  return header;

  /** Where the merged picture ends, as far as its compression tells: plain rows, or packed ones with their lengths in front. */
  function endOfPixels(): number {
    const compression = view.getUint16(pixelsAt);
    const start = pixelsAt + 2;
    if (compression === 0) return start + rows * rowBytes;
    if (compression !== 1) return start;
    const lengthBytes = isBig ? 4 : 2;
    let end = start + rows * lengthBytes;
    if (end > bytes.length) return end;
    for (let at = start; at < start + rows * lengthBytes; at += lengthBytes)
      end += isBig ? view.getUint32(at) : view.getUint16(at);
    return end;
  }
}

/** Numbers of image resources: appendix of the specification. */
function readResources(bytes: Uint8Array, header: PictureHeader): void {
  const resources = photoshopResources(bytes);
  const profile = resources.get(1039);
  header.profile = profile === undefined ? null : { kind: "icc", bytes: profile };
  header.iptc = iptcIn(bytes);
  header.exif = resources.get(1058) ?? null;
  header.xmp = resources.get(1060) ?? null;
  header.thumbnail = resources.has(1033) || resources.has(1036);
  header.otherMetadata = header.iptc !== null;
}
