import { expect, test } from "vitest";
import { createUploadShelf } from "./upload-shelf.ts";

const numbered = () => {
  let count = 0;
  return () => `upload-${(count += 1)}`;
};

test("too many uploads push the oldest out", () => {
  const shelf = createUploadShelf(numbered());
  for (let count = 0; count < 501; count += 1) shelf.put(Buffer.from([count & 255]));
  expect(shelf.find("upload-1")).toBeNull();
  expect(shelf.find("upload-2")).not.toBeNull();
  expect(shelf.find("upload-501")).not.toBeNull();
});

test("too heavy uploads push the oldest out, and the one just made stays", () => {
  const shelf = createUploadShelf(numbered());
  const heavy = new Uint8Array(40 * 1024 * 1024);
  shelf.put(heavy);
  shelf.put(heavy);
  expect([shelf.find("upload-1"), shelf.find("upload-2") === heavy]).toEqual([null, true]);
});
