/**
 * A 32-bit whole number that follows from a text and looks random: for shuffles that must come out the same again.
 * FNV-1a over UTF-16 code units, then the finaliser of MurmurHash3, since FNV alone leaves the ends of similar texts
 * alike. It is no secret: never use it against an adversary.
 */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
