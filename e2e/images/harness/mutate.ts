/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Numbers that break sums: nothing, one, the largest of one, two and four bytes, signed and not. */
const telling = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

/** A file with some bytes flipped, its end cut off, a number in its header forged, or a piece of it moved; the same for the same seed. */
export function mutate(original: Uint8Array, seed: number): Uint8Array<ArrayBuffer> {
  const random = randomNumbers(seed);
  const bytes = Uint8Array.from(original);
  const anywhere = (): number => Math.floor(random() * bytes.length);
  switch (seed % 4) {
    case 0:
      for (let flip = 0; flip < 1 + random() * 20; flip += 1) bytes[anywhere()] = random() * 256;
      return bytes;
    case 1:
      return bytes.slice(0, anywhere());
    case 2: {
      // Most of what a header reader reads is in the first few hundred bytes.
      const at = Math.floor(random() * Math.min(300, Math.max(0, bytes.length - 4)));
      const value = telling[Math.floor(random() * telling.length)] ?? 0;
      const view = new DataView(bytes.buffer);
      if (random() < 0.5) view.setUint32(at, value, random() < 0.5);
      else view.setUint16(at, value & 0xffff, random() < 0.5);
      return bytes;
    }
    default: {
      const from = anywhere();
      bytes.copyWithin(anywhere(), from, from + random() * 64);
      return bytes;
    }
  }
}
