import exifReader from "exifreader";
import { expect, test } from "./image-test.ts";

// oxlint-disable-next-line import/no-named-as-default-member -- Node sees only the default of this CommonJS module
const { load } = exifReader;

/** Files that give away place, time, camera and person, in every form their format has. */
const telling = [
  "jpeg-metadata.jpg",
  "png-turned.png",
  "heic-turned.heic",
  "jpeg-large-turned.jpg",
];

for (const name of telling) {
  test(`nothing that ${name} gives away is in what is sent`, async ({ page }) => {
    const url = `/formats/${name}`;
    const outcome = await page.evaluate(
      (address) => window.harness.prepareFile(address, { places: [] }),
      url,
    );
    if ("failure" in outcome) throw new Error(outcome.failure.kind);
    const { facts, copy, thumbnail } = outcome.taken;
    expect(facts).toMatchObject({
      hasLocation: true,
      camera: "Lightbox Two",
      capturedAt: "2024-05-17T18:30:12",
    });
    expect(facts.removed).toEqual(expect.arrayContaining(["location", "camera", "capture-date"]));
    const ready = await page.evaluate((address) => window.harness.readyFile(address, 64), url);
    for (const base64 of [copy.base64, thumbnail.base64, ready.dataUri.split(",")[1] ?? ""])
      expectBare(Buffer.from(base64, "base64"));
  });
}

test("an original is reported to hold a thumbnail and words of its own", async ({ page }) => {
  const outcome = await page.evaluate(() =>
    window.harness.prepareFile("/formats/jpeg-metadata.jpg", { places: [] }),
  );
  expect(outcome).toMatchObject({
    taken: {
      facts: { removed: ["location", "camera", "capture-date", "thumbnail", "other-metadata"] },
    },
  });
});

/** Judged by an independent reader, by the segments that are there, and by the words that must not be. */
function expectBare(jpeg: Buffer): void {
  const groups = load(jpeg, { expanded: true });
  expect(Object.keys(groups).toSorted()).toEqual(
    Object.keys(groups)
      .filter((group) => ["file", "jfif", "icc"].includes(group))
      .toSorted(),
  );
  expect(markersOf(jpeg).filter((marker) => marker >= 0xe1 && marker !== 0xe2)).toEqual([]);
  for (const word of ["Exif", "Lightbox", "Secret", "GPS", "xmp", "2024"])
    expect(jpeg.includes(word), word).toBe(false);
  // One picture begins in it, and no other is inside.
  expect(jpeg.indexOf(Buffer.from([0xff, 0xd8, 0xff]), 1)).toBe(-1);
}

/** Application and comment segments up to the first scan. */
function markersOf(jpeg: Buffer): readonly number[] {
  const markers: number[] = [];
  let at = 2;
  while (at < jpeg.length && jpeg[at + 1] !== 0xda) {
    const marker = jpeg[at + 1] ?? 0;
    if (marker >= 0xe0) markers.push(marker);
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  return markers;
}
