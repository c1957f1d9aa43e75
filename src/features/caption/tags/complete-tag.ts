import { joinedTags, tagKey, tagRange, tagsOf } from "#src/domain/tags.ts";
import { folded } from "#src/lib/search-words.ts";

const MOST_OFFERED = 8;

/** The tags that the one at the caret may become; none as long as nothing of it is typed. */
export function offeredTags(text: string, caret: number, inUse: readonly string[]): string[] {
  const { from, to } = tagRange(text, caret);
  const typed = folded(text.slice(from, caret)).trim();
  if (typed === "") return [];
  const others = new Set([...tagsOf(text.slice(0, from)), ...tagsOf(text.slice(to))].map(tagKey));
  const whole = tagKey(text.slice(from, to));
  const begins: string[] = [];
  const within: string[] = [];
  for (const tag of inUse) {
    if (begins.length >= MOST_OFFERED) break;
    const key = tagKey(tag);
    if (others.has(key) || key === whole) continue;
    const words = folded(tag);
    if (words.startsWith(typed)) begins.push(tag);
    else if (within.length < MOST_OFFERED && words.includes(` ${typed}`)) within.push(tag);
  }
  return [...begins, ...within].slice(0, MOST_OFFERED);
}

/** The text with this tag in place of the one at the caret, and where the caret then is. */
export function withTag(text: string, caret: number, tag: string): { text: string; caret: number } {
  const { from, to } = tagRange(text, caret);
  const before = text.slice(0, from);
  const put = `${before !== "" && !/\s$/u.test(before) ? " " : ""}${joinedTags([tag])}`;
  return { text: before + put + text.slice(to), caret: from + put.length };
}
