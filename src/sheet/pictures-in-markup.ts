/** What the `<img>`s of a piece of a page lead to. */
export interface MarkupPictures {
  /** Web addresses, each once. */
  addresses: string[];
  /** Pictures that are in the markup itself. */
  files: File[];
  /** How many are on somebody’s disk, in another program, or written so that nobody can read them. */
  unreachable: number;
}

/**
 * Reads the images of a piece of a page, in order. Where several sizes are offered, the largest is taken. Only the tags are read,
 * and no document is made of them: a parser would also judge the styles and handlers of one that is never shown.
 */
export function picturesInMarkup(markup: string): MarkupPictures {
  const addresses = new Set<string>();
  const files: File[] = [];
  let unreachable = 0;
  for (const inside of imageTags(markup)) {
    const attributes = attributesOf(inside);
    const of = (name: string): string => attributes.get(name)?.trim() ?? "";
    const source = of("src");
    // Pages that load a picture late have a stand-in for it until then.
    const choices = [largestIn(of("srcset")), source, largestIn(of("data-srcset")), of("data-src")];
    const address = choices.map(webAddress).find((choice) => choice !== null);
    const file = address === undefined ? fileOfDataUri(source, `pasted-${files.length + 1}`) : null;
    if (address !== undefined) addresses.add(address);
    else if (file !== null) files.push(file);
    else if (source !== "") unreachable += 1;
  }
  return { addresses: [...addresses], files, unreachable };
}

/** What stands in each image’s tag. In a time that grows with the markup alone: a tag that does not end is the last. */
function* imageTags(markup: string): Generator<string> {
  const ends = /["'>]/gu;
  for (const start = /<img(?=[\s/>])/giu; ;) {
    start.lastIndex = ends.lastIndex;
    const tag = start.exec(markup);
    if (tag === null) return;
    const from = start.lastIndex;
    ends.lastIndex = from;
    for (;;) {
      const end = ends.exec(markup);
      if (end === null) return;
      if (end[0] === ">") break;
      // A value may hold “>” between its quotes (HTML, 13.1.2.3).
      const closing = markup.indexOf(end[0], ends.lastIndex);
      if (closing === -1) return;
      ends.lastIndex = closing + 1;
    }
    yield markup.slice(from, ends.lastIndex - 1);
  }
}

const ATTRIBUTE = /(?<![^\s"'/])([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/gu;

/** The first value of each attribute of a tag. */
function attributesOf(inside: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = "", double, single, plain] of inside.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, unescaped(double ?? single ?? plain ?? ""));
  }
  return attributes;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  quot: '"',
  apos: "'",
  lt: "<",
  gt: ">",
};

/** The entities that addresses are written with; others stay as they are. */
function unescaped(text: string): string {
  return text.replaceAll(/&(#\d{1,6}|#x[\da-f]{1,5}|[a-z]+);/giu, (all, entity: string) => {
    const name = entity.toLowerCase();
    if (!name.startsWith("#")) return ENTITIES[name] ?? all;
    const code = Number(name.replace("#x", "0x").replace("#", ""));
    return code > 0x10_ff_ff ? all : String.fromCodePoint(code);
  });
}

function webAddress(source: string | null): string | null {
  if (source === null) return null;
  const address = source.startsWith("//") ? `https:${source}` : source;
  return /^https?:\/\//iu.test(address) && URL.canParse(address) ? address : null;
}

// A candidate that ends in a comma has no size; otherwise its size lasts until the next comma. HTML, 4.8.4.3.10.
const CANDIDATE = /([^\s,]\S*),(?=\s|$)|([^\s,]\S*)([^,]*)/gu;

/** The largest of the candidates of a `srcset`, by width or density; null if there is none. */
function largestIn(srcset: string): string | null {
  let largest: { address: string; size: number } | null = null;
  for (const [, bare, sized = "", words = ""] of srcset.matchAll(CANDIDATE)) {
    const size = Number(/^\s+([\d.]+)[wx]\s*$/u.exec(words)?.[1] ?? 1);
    if (largest === null || size > largest.size) largest = { address: bare ?? sized, size };
  }
  return largest?.address ?? null;
}

/** A picture that is written into its own address; null if it is none, or broken. RFC 2397. */
function fileOfDataUri(address: string, name: string): File | null {
  const head = /^data:(image\/[\w.+-]+)((?:;[^;,]*)*),/iu.exec(address);
  if (head === null) return null;
  const [all, type = "", parameters = ""] = head;
  const data = address.slice(all.length);
  const ending = /^image\/(?:x-)?([a-z0-9]+)/iu.exec(type)?.[1] ?? "png";
  try {
    const bytes = /;base64\s*$/iu.test(parameters)
      ? bytesOf(atob(decodeURIComponent(data)))
      : new TextEncoder().encode(decodeURIComponent(data));
    return bytes.length === 0 ? null : new File([bytes], `${name}.${ending}`, { type });
  } catch {
    return null;
  }
}

// Letter by letter, since `Uint8Array.from` takes seconds for the picture of a large screen.
function bytesOf(binary: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
