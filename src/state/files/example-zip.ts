import { deflateRawSync } from "node:zlib";
import { crc32 } from "#src/lib/crc32.ts";

/** One file to put into a ZIP for tests, and what its headers claim about it. */
export interface ExampleEntry {
  name: string;
  data: string | Uint8Array;
  deflate?: boolean;
  /** Sizes and offset go into a Zip64 field. */
  zip64?: boolean;
  /** What the directory says instead of the truth. */
  claim?: { bytes?: number; packedBytes?: number; offset?: number; crc?: number; flags?: number };
}

/** Writes a ZIP as other programs do, or as an attacker would: independent of the writer that the app uses. */
export function exampleZip(
  entries: readonly ExampleEntry[],
  { comment = "", zip64 = false }: { comment?: string; zip64?: boolean } = {},
): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for (const entry of entries) {
    const data = Buffer.from(entry.data);
    const packed = new Uint8Array(entry.deflate === true ? deflateRawSync(data) : data);
    const name = Buffer.from(entry.name);
    const facts = {
      method: entry.deflate === true ? 8 : 0,
      flags: 0,
      crc: crc32(data),
      bytes: data.length,
      packedBytes: packed.length,
      offset: at,
      zip64: entry.zip64 === true,
    };
    const local = [localHeader(facts, name), packed];
    parts.push(...local);
    at += local.reduce((sum, part) => sum + part.length, 0);
    directory.push(centralHeader({ ...facts, ...entry.claim }, name));
  }
  const central = Buffer.concat(directory);
  const end = { entries: entries.length, bytes: central.length, offset: at };
  const records = zip64 ? [end64(end, at + central.length)] : [];
  const shown = zip64 ? { entries: 0xffff, bytes: 0xffffffff, offset: 0xffffffff } : end;
  return new Blob([...parts, central, ...records, endRecord(shown, Buffer.from(comment))]);
}

interface Facts {
  method: number;
  flags: number;
  crc: number;
  bytes: number;
  packedBytes: number;
  offset: number;
  zip64: boolean;
}

function localHeader(facts: Facts, name: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(facts.flags, 6);
  header.writeUInt16LE(facts.method, 8);
  header.writeUInt32LE(facts.crc, 14);
  header.writeUInt32LE(facts.packedBytes, 18);
  header.writeUInt32LE(facts.bytes, 22);
  header.writeUInt16LE(name.length, 26);
  // A field that only the local header has: data does not begin where the directory alone would put
  // it.
  const extra = Buffer.from([0x55, 0x54, 1, 0, 0]);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, name, extra]);
}

function centralHeader(facts: Facts, name: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(46);
  const full = 0xffffffff;
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(facts.flags, 8);
  header.writeUInt16LE(facts.method, 10);
  header.writeUInt32LE(facts.crc, 16);
  header.writeUInt32LE(facts.zip64 ? full : facts.packedBytes, 20);
  header.writeUInt32LE(facts.zip64 ? full : facts.bytes, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE(facts.zip64 ? full : facts.offset, 42);
  if (!facts.zip64) return Buffer.concat([header, name]);
  // After another field, as other programs write it.
  const extra = Buffer.alloc(5 + 28);
  extra.writeUInt16LE(0x5455, 0);
  extra.writeUInt16LE(1, 2);
  extra.writeUInt16LE(1, 5);
  extra.writeUInt16LE(24, 7);
  for (const [index, value] of [facts.bytes, facts.packedBytes, facts.offset].entries())
    extra.writeBigUInt64LE(BigInt(value), 9 + 8 * index);
  header.writeUInt16LE(extra.length, 30);
  return Buffer.concat([header, name, extra]);
}

function end64(
  { entries, bytes, offset }: { entries: number; bytes: number; offset: number },
  at: number,
): Uint8Array<ArrayBuffer> {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(entries), 24);
  record.writeBigUInt64LE(BigInt(entries), 32);
  record.writeBigUInt64LE(BigInt(bytes), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(at), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

function endRecord(
  { entries, bytes, offset }: { entries: number; bytes: number; offset: number },
  comment: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(entries, 8);
  record.writeUInt16LE(entries, 10);
  record.writeUInt32LE(bytes, 12);
  record.writeUInt32LE(offset, 16);
  record.writeUInt16LE(comment.length, 20);
  return Buffer.concat([record, comment]);
}
