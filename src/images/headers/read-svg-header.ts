import { damaged, type PictureHeader, plainHeader } from "./picture-header.ts";
import { decodeXmlText } from "./bytes.ts";

/** What browsers give a drawing that names no size of its own (CSS 2.2, section 10.3.2). */
const defaultSize = { width: 300, height: 150 };

/** CSS pixels of one unit (CSS Values 4, section 6.2); font-relative units take the usual 16 px. */
const pixelsOfUnit: Readonly<Record<string, number>> = {
  "": 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  em: 16,
  ex: 8,
};

/** Reads the size an SVG asks for: its width and height, or its viewBox for what is missing. */
export function readSvgHeader(bytes: Uint8Array): PictureHeader {
  const text = decodeXmlText(bytes);
  // Entities can be nested so that a few lines unfold into gigabytes on the page's own thread.
  if ((text.match(/<!ENTITY/gi)?.length ?? 0) > 100) throw damaged();
  const root = rootOf(text)?.tag;
  if (root === undefined) throw damaged();
  const box = viewBox(root);
  const width = lengthOf(root, "width") ?? styledLength(root, "width");
  const height = lengthOf(root, "height") ?? styledLength(root, "height");
  const shape = box === null ? null : box.width / box.height;
  const size = {
    width: width ?? (height !== null && shape !== null ? height * shape : box?.width),
    height: height ?? (width !== null && shape !== null ? width / shape : box?.height),
  };
  const header = plainHeader(
    Math.max(1, Math.round(size.width ?? defaultSize.width)),
    Math.max(1, Math.round(size.height ?? defaultSize.height)),
  );
  header.mayHaveAlpha = true;
  header.otherMetadata = /<(?:\w+:)?metadata[\s>]/.test(text);
  return header;
}

/** The tag that begins the drawing, and where it is in the text; null if there is none. */
export function rootOf(text: string): { tag: string; at: number } | null {
  const uncommented = text.replaceAll(/<!--[\s\S]*?-->/g, (comment) => " ".repeat(comment.length));
  const found = /<(?:\w+:)?svg(?=[\s>/])(?:"[^"]*"|'[^']*'|[^"'>])*>/.exec(uncommented);
  return found === null ? null : { tag: found[0], at: found.index };
}

function attribute(root: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(root);
  return found?.[1] ?? found?.[2] ?? null;
}

/** An attribute's absolute length in CSS pixels; null if there is none, or it is relative to a page that does not exist. */
export function lengthOf(root: string, name: string): number | null {
  return absoluteLength(attribute(root, name) ?? "");
}

/** The same for a property of its own style. */
function styledLength(root: string, name: string): number | null {
  const declared = new RegExp(`(?:^|;)\\s*${name}\\s*:([^;]*)`).exec(
    attribute(root, "style") ?? "",
  );
  return absoluteLength(declared?.[1] ?? "");
}

function absoluteLength(text: string): number | null {
  const found = /^\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)([a-z]*)\s*$/i.exec(text);
  const pixels = Number(found?.[1]) * (pixelsOfUnit[found?.[2]?.toLowerCase() ?? ""] ?? Number.NaN);
  return Number.isFinite(pixels) && pixels > 0 ? pixels : null;
}

function viewBox(root: string): { width: number; height: number } | null {
  const [, , width, height] = (attribute(root, "viewBox") ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return width !== undefined && height !== undefined && width > 0 && height > 0
    ? { width, height }
    : null;
}
