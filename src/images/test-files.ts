import { readdirSync, readFileSync } from "node:fs";
import type { PictureFormat } from "#src/domain/picture.ts";
import { sniff } from "./sniff.ts";

const folder = new URL("../../e2e/fixtures/formats/", import.meta.url);

/** The bytes of one of the small files that stand for every format. */
export function formatFile(name: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(readFileSync(new URL(name, folder)));
}

/** Their names. */
export function formatFileNames(): readonly string[] {
  return readdirSync(folder);
}

/** What a file is by its bytes; fails the test if it is no picture. */
export function formatOf(bytes: Uint8Array): PictureFormat {
  const sniffed = sniff(bytes);
  if (sniffed.kind !== "picture") throw new Error(`not a picture: ${sniffed.kind}`);
  return sniffed.format;
}

/** A JPEG with one more segment, right after its first two bytes. */
export function withSegment(
  jpeg: Uint8Array,
  marker: number,
  data: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const length = data.length + 2;
  return Uint8Array.from([
    ...jpeg.subarray(0, 2),
    0xff,
    marker,
    length >> 8,
    length & 0xff,
    ...data,
    ...jpeg.subarray(2),
  ]);
}

/** A JPEG whose XMP packet has these properties, each as the elements inside `rdf:Description`. */
export function withXmp(jpeg: Uint8Array, properties: string): Uint8Array<ArrayBuffer> {
  return withSegment(
    jpeg,
    0xe1,
    new TextEncoder().encode(`http://ns.adobe.com/xap/1.0/\0${xmpPacket(properties)}`),
  );
}

/** An XMP packet with these properties. */
export function xmpPacket(properties: string): string {
  return `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">
${properties}
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
}
