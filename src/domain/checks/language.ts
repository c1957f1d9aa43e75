import { unquoted } from "./wording.ts";

/**
 * Which language a text is in, told by its letters and by the small words that every sentence needs. It knows few
 * languages and says nothing about texts that are too short to tell: a wrong alarm is worse than none.
 */

type Script =
  | "Latin"
  | "Cyrillic"
  | "Greek"
  | "Han"
  | "Kana"
  | "Hangul"
  | "Arabic"
  | "Hebrew"
  | "Devanagari"
  | "Thai";

const SCRIPTS: readonly (readonly [Script, RegExp])[] = [
  ["Cyrillic", /\p{Script=Cyrillic}/gu],
  ["Greek", /\p{Script=Greek}/gu],
  ["Kana", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["Han", /\p{Script=Han}/gu],
  ["Hangul", /\p{Script=Hangul}/gu],
  ["Arabic", /\p{Script=Arabic}/gu],
  ["Hebrew", /\p{Script=Hebrew}/gu],
  ["Devanagari", /\p{Script=Devanagari}/gu],
  ["Thai", /\p{Script=Thai}/gu],
];
// Letters of other scripts; between the two ranges lie marks and arrows that every language has.
const BEYOND_LATIN = /[\u0370-\u1FFF\u2E80-\uD7FF\uF900-\uFFEF]/;

/** The scripts that a language is written in, if they are several or others than the likeliest. */
const WRITTEN_IN: Readonly<Record<string, readonly Script[]>> = {
  ru: ["Cyrillic"],
  uk: ["Cyrillic"],
  bg: ["Cyrillic"],
  mk: ["Cyrillic"],
  be: ["Cyrillic"],
  sr: ["Cyrillic", "Latin"],
  kk: ["Cyrillic", "Latin"],
  el: ["Greek"],
  ja: ["Kana", "Han"],
  zh: ["Han"],
  yue: ["Han"],
  ko: ["Hangul", "Han"],
  ar: ["Arabic"],
  fa: ["Arabic"],
  ur: ["Arabic"],
  he: ["Hebrew"],
  yi: ["Hebrew"],
  hi: ["Devanagari"],
  mr: ["Devanagari"],
  ne: ["Devanagari"],
  th: ["Thai"],
};
const BY_CODE: Readonly<Record<string, readonly Script[]>> = {
  Latn: ["Latin"],
  Cyrl: ["Cyrillic"],
  Grek: ["Greek"],
  Arab: ["Arabic"],
  Hebr: ["Hebrew"],
  Deva: ["Devanagari"],
  Thai: ["Thai"],
};
/** The language that a script stands for if it is not the one asked for. */
const TELLS: Readonly<Partial<Record<Script, string>>> = {
  Greek: "el",
  Kana: "ja",
  Han: "zh",
  Hangul: "ko",
  Arabic: "ar",
  Hebrew: "he",
  Devanagari: "hi",
  Thai: "th",
};
/** The small words of each language. Those that two languages share count for both. */
const SMALL_WORDS: Readonly<Record<string, string>> = {
  en: "the a an of and is are with on in to at by its his her their from that which beside under over behind near for as it while",
  de: "der die das und ist sind ein eine einen einem einer mit auf im in den dem des von zu vor neben unter über sich ihm ihr nicht wie als aus am an hinter bei",
  fr: "le la les un une des du de et est sont avec sur dans au aux en par pour qui que sous devant derrière près son sa ses ne pas il elle à d l",
  es: "el la los las un una unos unas de del y es son con en por para que se su sus al sobre junto detrás como lo no está están",
  it: "il lo la i gli le un una uno di del della dei delle e è sono con in su sul sulla per che si suo sua al alla da dal nel nella accanto",
  pt: "o a os as um uma de do da dos das e é são com em no na nos nas por para que se seu sua ao à sobre ao lado está não",
  nl: "de het een en is zijn met op in van voor aan bij naast onder over die dat te er haar niet als uit achter naar",
  sv: "och är en ett med på i av för som till vid den det de sig bredvid under över inte från har sin",
  da: "og er en et med på i af for som til ved den det de sig ved siden under over ikke fra har sin",
  nb: "og er en et med på i av for som til ved den det de seg ved siden under over ikke fra har sin",
  fi: "ja on ovat joka jotka kanssa sekä mutta ei se hän kun niin myös päällä vieressä takana edessä alla",
  pl: "i w na z do jest są się nie to że przy obok nad pod za oraz który która jego jej przed od po",
  cs: "a v na z do je jsou se ne to že při vedle nad pod za který která jeho její před od po s ve",
  hu: "a az egy és van nem hogy mellett alatt fölött előtt mögött is ez aki amely vagy meg",
  ro: "și un o este sunt cu pe în la de din care lângă sub peste nu se lui ei al a",
  tr: "bir ve bu ile için olan üzerinde yanında altında çok da de ne gibi var olarak",
  id: "yang dan di dengan ini itu sebuah dari untuk pada ke adalah seorang tidak atas bawah dekat",
};
/** Languages that small words do not tell apart. */
const ALIKE: readonly (readonly string[])[] = [
  ["sv", "da", "nb", "nn", "no"],
  ["es", "pt", "gl", "ca"],
  ["fr", "ca", "oc"],
  ["cs", "sk"],
  ["pl", "sk", "cs"],
  ["nl", "af"],
  ["id", "ms"],
  ["ro", "mo"],
];

const HOLDERS = new Map<string, string[]>();
for (const [language, words] of Object.entries(SMALL_WORDS))
  for (const word of words.split(" ")) {
    const holders = HOLDERS.get(word);
    if (holders === undefined) HOLDERS.set(word, [language]);
    else if (!holders.includes(language)) holders.push(language);
  }

const LATIN_WORD = /[a-zß-öø-ÿāăąćčęěğıłńňőřśșşšťțůűźżž]+/g;
const LEAST_LETTERS = 4;
const LEAST_WORDS = 6;
const LEAST_SMALL = 3;

/**
 * The language that a text is in, as the first part of a BCP 47 tag, if it is plainly not the one that was asked for;
 * null if it is that one, or if it is too short to tell.
 */
export function otherLanguage(text: string, asked: string): string | null {
  const [tag = "", second = ""] = asked.toLowerCase().split("-");
  const own = unquoted(text);
  const expected = second === "latn" ? LATIN : (WRITTEN_IN[tag] ?? likelyScripts(asked));
  if (expected === null) return null;
  if (BEYOND_LATIN.test(own)) {
    const letters = own.match(/\p{L}/gu)?.length ?? 0;
    if (letters < LEAST_LETTERS) return null;
    for (const [script, pattern] of SCRIPTS) {
      const count = own.match(pattern)?.length ?? 0;
      if (count * 2 <= letters) continue;
      if (script === "Cyrillic") return expected.includes(script) ? null : cyrillicOf(own);
      return expected.includes(script) ? null : (TELLS[script] ?? null);
    }
    // Japanese is Kana and Han together.
    const kana = own.match(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
    if (kana > 2) return expected.includes("Kana") ? null : "ja";
  }
  const other = latinLanguage(own, tag);
  // Of a language without small words of its own here, only English is plainly another: Croatian has many of Polish.
  const isKnown = Object.keys(SMALL_WORDS).some((language) => areAlike(language, tag));
  if (isKnown || !expected.includes("Latin")) return other;
  // Irish has "an", "is" and "in" too.
  const told = own.toLowerCase().match(ENGLISH_ALONE)?.length ?? 0;
  return other === "en" && told >= LEAST_ENGLISH ? other : null;
}

const ENGLISH_ALONE = /\b(?:the|and|of|with|from|are|which|their)\b/g;
const LEAST_ENGLISH = 2;

const LATIN: readonly Script[] = ["Latin"];
const likely = new Map<string, readonly Script[] | null>();

/** The script that a language is mostly written in, as CLDR has it; null for one whose letters are not told here. */
function likelyScripts(language: string): readonly Script[] | null {
  const known = likely.get(language);
  if (known !== undefined) return known;
  let scripts: readonly Script[] | null = LATIN;
  try {
    const { script = "Latn" } = new Intl.Locale(language).maximize();
    scripts = BY_CODE[script] ?? null;
  } catch {
    // No language that this browser knows.
  }
  likely.set(language, scripts);
  return scripts;
}

function cyrillicOf(text: string): string {
  return /[іїєґ]/iu.test(text) ? "uk" : "ru";
}

function areAlike(a: string, b: string): boolean {
  return a === b || ALIKE.some((group) => group.includes(a) && group.includes(b));
}

/** The Latin language whose small words a text is plainly made of, unless those of the asked one are as many. */
function latinLanguage(text: string, asked: string): string | null {
  const words = text.toLowerCase().match(LATIN_WORD) ?? [];
  if (words.length < LEAST_WORDS) return null;
  const hits = new Map<string, number>();
  for (const word of words)
    for (const language of HOLDERS.get(word) ?? [])
      hits.set(language, (hits.get(language) ?? 0) + 1);
  const ranked = [...hits].toSorted(([, a], [, b]) => b - a);
  const [best, most] = ranked[0] ?? ["", 0];
  if (most < LEAST_SMALL || most / words.length < 0.22 || areAlike(best, asked)) return null;
  const ofAsked = Math.max(
    0,
    ...ranked.flatMap(([language, count]) => (areAlike(language, asked) ? [count] : [])),
  );
  return ofAsked * 2 <= most ? best : null;
}
