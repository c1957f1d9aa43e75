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
