import { decodeXmlText } from "./headers/bytes.ts";
import { lengthOf, rootOf } from "./headers/read-svg-header.ts";
import type { PixelSize } from "./fit.ts";

/** A drawing (SVG) as a page can draw it. */
export interface Drawing {
  whole: Blob;
  /** The same without the HTML that is embedded in it, for browsers that hand over no pixels of that; null if there is none. */
  bare: Blob | null;
}

/** Makes of an SVG's bytes what every browser draws at its size, which its header's reader found (CSS pixels). */
export function drawingOf(bytes: Uint8Array, size: PixelSize): Drawing {
  const text = withNamespaces(withSize(inUnicode(decodeXmlText(bytes)), size));
  if (!/<(?:\w+:)?foreignObject[\s>/]/.test(text)) return { whole: blobOf(text), bare: null };
  const whole = withoutExcuses(wellFormed(text));
  return { whole: blobOf(whole), bare: blobOf(withoutHtml(whole)) };
}

function blobOf(text: string): Blob {
  return new Blob([text], { type: "image/svg+xml" });
}

/** Without the name of an encoding that it no longer has. */
function inUnicode(text: string): string {
  return text.replace(
    /^(\uFEFF?<\?xml\b[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')/,
    (_, before: string) => before,
  );
}

/**
 * With a width and a height in pixels: without them, or with shares of a page that doesn't exist, some browsers
 * draw nothing.
 */
function withSize(text: string, { width, height }: PixelSize): string {
  const root = rootOf(text);
  if (root === null) return text;
  if (lengthOf(root.tag, "width") !== null && lengthOf(root.tag, "height") !== null) return text;
  const bare = root.tag.replaceAll(/\s(?:width|height)\s*=\s*(?:"[^"]*"|'[^']*')/g, "");
  const sized = bare.replace(/(?=\/?>$)/, ` width="${width}" height="${height}"`);
  return text.slice(0, root.at) + sized + text.slice(root.at + root.tag.length);
}

/** A drawing that was taken out of a page has lost the names of its namespaces, and without them it is none. */
function withNamespaces(text: string): string {
  const root = rootOf(text);
  if (root === null) return text;
  const lacking = Object.entries({
    xmlns: root.tag.startsWith("<svg") && "http://www.w3.org/2000/svg",
    "xmlns:xlink": text.includes("xlink:href=") && "http://www.w3.org/1999/xlink",
  }).filter(
    ([name, address]) => address !== false && !new RegExp(`\\s${name}\\s*=`).test(root.tag),
  );
  const names = lacking.map(([name, address]) => ` ${name}="${address}"`).join("");
  return (
    text.slice(0, root.at) +
    root.tag.replace(/(?=\/?>$)/, names) +
    text.slice(root.at + root.tag.length)
  );
}

/** HTML is often pasted into a drawing as it is, though there every element must be closed and no name is known. */
function wellFormed(text: string): string {
  const closed = text.includes("</br>") ? text : text.replaceAll(/<(br|hr)\s*>/g, "<$1/>");
  return /<!ENTITY\s+nbsp\b/.test(closed) ? closed : closed.replaceAll("&nbsp;", "&#160;");
}

/** Without what drawing programs show in place of a label that a viewer can't show. Browsers can. */
function withoutExcuses(text: string): string {
  return text.replaceAll(
    /<((?:\w+:)?text)\b[^>]*>\s*(?:\[Not supported by viewer\]|Text is not SVG - cannot display|Viewer does not support full SVG 1\.1)\s*<\/\1\s*>/g,
    "",
  );
}

/**
 * Without embedded HTML. It could show what only its reader may see (visited links), so some browsers do not hand over
 * the pixels of such a drawing. Some programs write plain text beside it.
 */
function withoutHtml(text: string): string {
  const parts =
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\/?(?:\w+:)?foreignObject(?=[\s>/])(?:"[^"]*"|'[^']*'|[^"'>])*>/g;
  let kept = "";
  let from = 0;
  let depth = 0;
  for (const { 0: part, index } of text.matchAll(parts)) {
    if (part.startsWith("<!")) continue;
    if (depth === 0) kept += text.slice(from, index);
    if (!part.endsWith("/>")) depth = Math.max(0, depth + (part.startsWith("</") ? -1 : 1));
    from = index + part.length;
  }
  return depth === 0 ? kept + text.slice(from) : kept;
}
