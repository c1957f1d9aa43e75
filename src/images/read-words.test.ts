import exifReader from "exifreader";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { PictureText } from "#src/domain/picture.ts";
import { boxesIn } from "./headers/iso-boxes.ts";
import { plainHeader } from "./headers/picture-header.ts";
import { readWords } from "./headers/read-words.ts";
import { readXmp } from "./headers/read-xmp.ts";
import { mendFile } from "./mend-file.ts";
import { readHeader } from "./read-header.ts";
import {
  formatFile,
  formatFileNames,
  formatOf,
  withSegment,
  withXmp,
  xmpPacket,
} from "./test-files.ts";
import { unpackDrawing } from "./unpack-drawing.ts";

// oxlint-disable-next-line import/no-named-as-default-member -- Node sees only the default of this CommonJS module
const { load } = exifReader;

const jpeg = formatFile("jpeg-baseline.jpg");
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function wordsOf(bytes: Uint8Array): readonly PictureText[] {
  return readWords(readHeader(bytes, formatOf(Uint8Array.from(bytes))));
}

const FULL = `
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Lamp &amp; table</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt>
  <rdf:li xml:lang="de">Eine Messinglampe.</rdf:li>
  <rdf:li xml:lang="x-default">A brass lamp &lt;lit&gt; &#x2014; on a desk.</rdf:li>
</rdf:Alt></dc:description>
<dc:subject><rdf:Bag><rdf:li>lamp</rdf:li><rdf:li>brass, old</rdf:li><rdf:li>lamp</rdf:li></rdf:Bag></dc:subject>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Brass lamp</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>
<Iptc4xmpCore:ExtDescrAccessibility><rdf:Alt><rdf:li xml:lang="x-default"><![CDATA[A lamp of <brass>.]]></rdf:li></rdf:Alt></Iptc4xmpCore:ExtDescrAccessibility>`;

test("reads what XMP says of a picture, in the default language, and keywords each once", () => {
  expect(wordsOf(withXmp(jpeg, FULL))).toEqual([
    { about: "description", name: "XMP dc:description", text: "A brass lamp <lit> — on a desk." },
    { about: "alt", name: "XMP Iptc4xmpCore:AltTextAccessibility", text: "Brass lamp" },
    { about: "long", name: "XMP Iptc4xmpCore:ExtDescrAccessibility", text: "A lamp of <brass>." },
    { about: "title", name: "XMP dc:title", text: "Lamp & table" },
    { about: "keywords", name: "XMP dc:subject", text: "lamp, brass  old" },
  ]);
});

test("knows properties by their namespace, not by the letters before the colon", () => {
  const packet = xmpPacket(FULL).replaceAll("dc:", "x1:").replaceAll("xmlns:dc", "xmlns:x1");
  expect(readXmp(encode(packet))?.description).toMatch(/^A brass lamp/);
  const foreign = xmpPacket(FULL).replace("http://purl.org/dc/elements/1.1/", "urn:other");
  expect(readXmp(encode(foreign))).toMatchObject({ description: null, title: null });
});

test("reads simple properties that are written as attributes, and those without alternatives", () => {
  const packet = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' dc:title='A > B'><dc:description>Plain.</dc:description></rdf:Description></rdf:RDF>`;
  expect(readXmp(encode(packet))).toMatchObject({ title: "A > B", description: "Plain." });
});

/** Datasets of IPTC, as Photoshop keeps them in a JPEG. */
function photoshop(datasets: readonly (readonly [record: number, set: number, Uint8Array])[]) {
  const iptc = datasets.flatMap(([record, set, value]) => [
    0x1c,
    record,
    set,
    value.length >> 8,
    value.length & 0xff,
    ...value,
  ]);
  const padding = iptc.length % 2 === 0 ? [] : [0];
  return Uint8Array.from([
    ...encode("Photoshop 3.0\0"),
    ...encode("8BIM\u0004\u0025"),
    ...encode("\0\0\0\0\0\u0002\u0001\u0001"),
    ...encode("8BIM\u0004\u0004\0\0\0\0"),
    iptc.length >> 8,
    iptc.length & 0xff,
    ...iptc,
    ...padding,
  ]);
}

test("reads IPTC in UTF-8 if it says so, and otherwise in what the bytes are", () => {
  const utf8 = photoshop([
    [1, 90, encode("\u001b%G")],
    [2, 5, encode("Lampe")],
    [2, 25, encode("Tür")],
    [2, 25, encode("Messing")],
    [2, 120, encode("Eine Tür.")],
  ]);
  expect(wordsOf(withSegment(jpeg, 0xed, utf8))).toEqual([
    { about: "description", name: "IPTC 2:120", text: "Eine Tür." },
    { about: "title", name: "IPTC 2:05", text: "Lampe" },
    { about: "keywords", name: "IPTC 2:25", text: "Tür, Messing" },
  ]);
  // An independent reader says the same.
  const { iptc } = load(Buffer.from(withSegment(jpeg, 0xed, utf8)), { expanded: true });
  expect(iptc?.["Caption/Abstract"]?.description).toBe("Eine Tür.");
  const latin = photoshop([[2, 120, Uint8Array.from([0x54, 0xfc, 0x72])]]);
  expect(wordsOf(withSegment(jpeg, 0xed, latin))).toMatchObject([{ text: "Tür" }]);
});

/** EXIF data, little-endian, with these tags in its main directory and a comment in the EXIF one. */
function exif(
  entries: readonly (readonly [tag: number, type: number, Uint8Array])[],
  comment: Uint8Array,
) {
  const count = entries.length + 1;
  const mainBytes = 2 + count * 12 + 4;
  let dataAt = 8 + mainBytes + 2 + 12 + 4;
  const data: number[] = [];
  const entry = (tag: number, type: number, value: Uint8Array): number[] => {
    const at = dataAt;
    data.push(...value);
    dataAt += value.length;
    return [tag & 0xff, tag >> 8, type, 0, ...word(value.length), ...word(at)];
  };
  const word = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >> shift) & 0xff);
  const main = [
    count,
    0,
    ...entries.flatMap(([tag, type, value]) => entry(tag, type, value)),
    0x69,
    0x87,
    4,
    0,
    ...word(1),
    ...word(8 + mainBytes),
    ...word(0),
  ];
  const sub = [1, 0, ...entry(0x9286, 7, comment), ...word(0)];
  return Uint8Array.from([
    ...encode("Exif\0\0"),
    ...encode("II*\0"),
    ...word(8),
    ...main,
    ...sub,
    ...data,
  ]);
}

const wide = (text: string): Uint8Array =>
  Uint8Array.from(
    Array.from(text).flatMap((letter) => [letter.charCodeAt(0), letter.charCodeAt(0) >> 8]),
  );
const ASCII = "ASCII\0\0\0";

test("reads EXIF's description, Windows' title and keywords, and a comment that is a sentence", () => {
  const described = exif(
    [
      [0x010e, 2, encode("A lamp.\0")],
      [0x9c9b, 1, wide("Lämp\0")],
      [0x9c9e, 1, wide("lamp;desk\0")],
    ],
    encode(`${ASCII}Not read beside a description.`),
  );
  expect(wordsOf(withSegment(jpeg, 0xe1, described))).toEqual([
    { about: "description", name: "EXIF ImageDescription", text: "A lamp." },
    { about: "title", name: "EXIF XPTitle", text: "Lämp" },
    { about: "keywords", name: "EXIF XPKeywords", text: "lamp, desk" },
  ]);
  const commented = exif([], Uint8Array.from([...encode("UNICODE\0"), ...wide("By the sea.")]));
  expect(wordsOf(withSegment(jpeg, 0xe1, commented))).toEqual([
    { about: "description", name: "EXIF UserComment", text: "By the sea." },
  ]);
});

test.each([
  ["OLYMPUS DIGITAL CAMERA         \0", `${ASCII}Screenshot`],
  ["SONY DSC\0", `${ASCII}masterpiece, best quality\nSteps: 20, Sampler: Euler a`],
  ["DCIM\\100MEDIA\\DJI_0001.JPG\0", `${ASCII}{"AE": 12, "b c": 3}`],
  ["Created with GIMP\0", `${ASCII}12 34 56`],
  ["      \0", "\u0007\u0007\u0007\u0007\u0007\u0007\u0007\u0007By the sea."],
])("leaves out what cameras and programs write: %j", (description, comment) => {
  const bytes = exif([[0x010e, 2, encode(description)]], encode(comment));
  expect(wordsOf(withSegment(jpeg, 0xe1, bytes))).toEqual([]);
});

test("reads XMP from PNG and WebP as well", () => {
  const packet = encode(xmpPacket(FULL));
  const png = formatFile("png-palette.png");
  const text = Uint8Array.from([...encode("XML:com.adobe.xmp\0"), 0, 0, 0, 0, ...packet]);
  const size = (length: number): number[] =>
    [24, 16, 8, 0].map((shift) => (length >> shift) & 0xff);
  const chunk = [...size(text.length), ...encode("iTXt"), ...text, 0, 0, 0, 0];
  const withText = Uint8Array.from([...png.subarray(0, 33), ...chunk, ...png.subarray(33)]);
  expect(wordsOf(withText)).toHaveLength(5);
  const webp = formatFile("webp-lossy.webp");
  const padded = packet.length % 2 === 0 ? packet : Uint8Array.from([...packet, 0x20]);
  const grown = Uint8Array.from([
    ...webp,
    ...encode("XMP "),
    ...size(padded.length).toReversed(),
    ...padded,
  ]);
  grown.set(size(grown.length - 8).toReversed(), 4);
  expect(wordsOf(grown)).toHaveLength(5);
});

test("no packet of a document type is read, and none takes long, however it is broken", () => {
  const entity = xmpPacket(FULL).replace("<x:", '<!DOCTYPE x [<!ENTITY a "b">]><x:');
  expect(readXmp(encode(entity))).toMatchObject({ description: null });
  for (const piece of ["<!--", '<a b="', "<dc:title ", "<![CDATA[", "<rdf:li>", "a=b "])
    readXmp(encode(`title ${piece.repeat(100_000)}`));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(1_000), (noise, at) => {
      const bytes = encode(xmpPacket(FULL));
      bytes.set(noise.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length));
      const header = { ...plainHeader(1, 1), xmp: bytes, iptc: noise, exif: noise };
      expect(() => readWords(header)).not.toThrow();
    }),
  );
});

test("the small files that stand for every format hold no words by accident", async () => {
  for (const name of formatFileNames()) {
    const bytes = await unpackDrawing(formatFile(name));
    expect(wordsOf(mendFile(bytes, formatOf(bytes))), name).toEqual([]);
  }
});

function uint(value: number, bytes: number): number[] {
  return Array.from(
    { length: bytes },
    (_, at) => Math.floor(value / 256 ** (bytes - 1 - at)) % 256,
  );
}

function isoBox(type: string, data: readonly number[]): number[] {
  return [...uint(data.length + 8, 4), ...encode(type), ...data];
}

/** An AVIF or HEIC file with a packet of XMP as one more item. Its first `meta` box is made void and written anew at its end. */
function withXmpItem(file: Uint8Array, packet: string): Uint8Array {
  const meta = boxesIn(file, 0, file.length).find(({ type }) => type === "meta");
  if (meta === undefined) throw new Error("no meta box");
  const id = 4_000;
  const xmp = encode(packet);
  const withItem = (xmpAt: number): number[] =>
    isoBox("meta", [
      ...meta.data.subarray(0, 4),
      ...boxesIn(meta.data, 4, meta.data.length).flatMap(({ type, data }) => {
        if (type === "iinf") {
          const countBytes = data[0] === 0 ? 2 : 4;
          const count = data.subarray(4, 4 + countBytes).reduce((sum, byte) => sum * 256 + byte, 0);
          const words = encode("mime\0application/rdf+xml\0");
          const item = isoBox("infe", [2, 0, 0, 0, ...uint(id, 2), 0, 0, ...words]);
          const others = data.subarray(4 + countBytes);
          return isoBox(type, [
            ...data.subarray(0, 4),
            ...uint(count + 1, countBytes),
            ...others,
            ...item,
          ]);
        }
        if (type !== "iloc") return isoBox(type, [...data]);
        const [version = 0, , , , sizes = 0, more = 0] = data;
        const countBytes = version < 2 ? 2 : 4;
        const count = data.subarray(6, 6 + countBytes).reduce((sum, byte) => sum * 256 + byte, 0);
        const offsetBytes = sizes >> 4;
        const entry = [
          ...uint(id, countBytes),
          ...(version === 0 ? [] : [0, 0]),
          0,
          0,
          ...uint(offsetBytes === 0 ? xmpAt : 0, more >> 4),
          ...uint(1, 2),
          ...uint(0, version === 0 ? 0 : more & 15),
          ...uint(xmpAt, offsetBytes),
          ...uint(xmp.length, sizes & 15),
        ];
        return isoBox(type, [
          ...data.subarray(0, 6),
          ...uint(count + 1, countBytes),
          ...data.subarray(6 + countBytes),
          ...entry,
        ]);
      }),
    ]);
  const old = Uint8Array.from(file);
  old.set(encode("free"), meta.data.byteOffset - file.byteOffset - 4);
  const metaBytes = withItem(0).length;
  return Uint8Array.from([
    ...old,
    ...withItem(file.length + metaBytes + 8),
    ...isoBox("mdat", [...xmp]),
  ]);
}

/** A TIFF file with a packet of XMP in its first directory, which is written anew at the end of the file. */
function withXmpTag(file: Uint8Array, packet: string): Uint8Array {
  const xmp = encode(packet.length % 2 === 0 ? packet : `${packet} `);
  const isLittle = file[0] === 0x49;
  const old = new DataView(file.buffer, file.byteOffset);
  const at = old.getUint32(4, isLittle);
  const count = old.getUint16(at, isLittle);
  const number = (value: number, bytes: number): number[] =>
    isLittle ? uint(value, bytes).toReversed() : uint(value, bytes);
  const entries = Array.from({ length: count }, (_, index) =>
    file.subarray(at + 2 + index * 12, at + 14 + index * 12),
  );
  const padded = file.length + (file.length % 2);
  const added = [
    ...number(700, 2),
    ...number(1, 2),
    ...number(xmp.length, 4),
    ...number(padded, 4),
  ];
  const tagOf = (entry: ArrayLike<number>): number => {
    const [first = 0, second = 0] = Array.from(entry);
    return isLittle ? second * 256 + first : first * 256 + second;
  };
  const sorted = [...entries.map((entry) => [...entry]), added].toSorted(
    (a, b) => tagOf(a) - tagOf(b),
  );
  const next = file.subarray(at + 2 + count * 12, at + 6 + count * 12);
  const result = new Uint8Array(padded + xmp.length + 2 + sorted.length * 12 + 4);
  result.set(file);
  result.set(xmp, padded);
  result.set([...number(count + 1, 2), ...sorted.flat(), ...next], padded + xmp.length);
  result.set(number(padded + xmp.length, 4), 4);
  return result;
}

test.each([
  ["heic.heic", withXmpItem],
  ["heic-grid.heic", withXmpItem],
  ["avif.avif", withXmpItem],
  ["tiff-lzw.tif", withXmpTag],
  ["tiff-16bit.tif", withXmpTag],
] as const)("reads XMP in %s", (name, withPacket) => {
  const file = withPacket(formatFile(name), xmpPacket(FULL));
  expect(wordsOf(file)).toEqual(wordsOf(withXmp(jpeg, FULL)));
  // An independent reader finds it too.
  const { xmp } = load(Buffer.from(file), { expanded: true });
  expect(xmp?.["_raw"]).toContain("Lamp &amp; table");
});
