/**
 * The addresses of pictures in what was dragged or pasted from elsewhere: those of its `<img>`s if it is a piece of a
 * page, otherwise the links or lines that are addresses.
 *
 * @param dataOf reads one type of the transfer, as DataTransfer.getData does
 */
export function addressesIn(dataOf: (type: string) => string): string[] {
  const pictures = [...dataOf("text/html").matchAll(/<img\b[^>]*?\ssrc\s*=\s*(["'])(.*?)\1/gisu)]
    .map((match) => unescaped(match[2] ?? ""))
    .filter((source) => /^https?:/iu.test(source));
  if (pictures.length > 0) return [...new Set(pictures)];
  const lists = [dataOf("text/uri-list"), dataOf("text/plain")];
  const lines = lists
    .map((list) =>
      list
        .split(/[\r\n]+/u)
        .map((line) => line.trim())
        .filter((line) => line !== "" && !line.startsWith("#")),
    )
    .find((list) => list.length > 0);
  const isAllAddresses = lines?.every((line) => URL.canParse(line) && /^[a-z-]+:/iu.test(line));
  return isAllAddresses === true ? [...new Set(lines)] : [];
}

/** The entities that addresses are written with in HTML. */
function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
