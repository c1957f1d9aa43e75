/**
 * What a text says that it should not: wordings that models fall into, in the languages that captions are most often
 * asked for. Whatever the language of a field, models fall back into English, so all of them are always looked for.
 */

/** Words at the start or the end of a text that can be taken off, and what would be left. */
export interface Cut {
  /** As they stand in the text. */
  found: string;
  rest: string;
  /** Whether the rest reads right as it is. */
  isClean: boolean;
}

const PICTURE =
  "(?:image|picture|photo(?:graph)?|pic|snapshot|illustration|drawing|graphic|screen ?shot|screencap|render(?:ing)?)";
const LOOKS =
  "(?:(?:close-?up|black[- ]and[- ]white|colou?r(?:ed|ful)?|digital|stock|aerial|beautiful|detailed|high[- ]quality|high[- ]resolution|blurry|vintage|old|stylized|cartoon) )*";
const SHOWS =
  "(?:shows|depicts|features|captures|displays|portrays|presents|contains|illustrates|showcases|is of)";

const OPENINGS: readonly RegExp[] = [
  new RegExp(
    `^(?:this is )?(?:an? |the )?${LOOKS}${PICTURE}s? (?:of|showing|depicting|featuring|(?:that|which) ${SHOWS})\\b`,
    "iu",
  ),
  new RegExp(`^(?:this|the|here,? the) ${LOOKS}${PICTURE} ${SHOWS}\\b`, "iu"),
  new RegExp(
    `^(?:in|on) (?:this|the) ${LOOKS}${PICTURE}(?:,|,? (?:we|you) (?:can )?see|,? there (?:is|are))(?=\\s)`,
    "iu",
  ),
  // French, Spanish, Portuguese and Italian: what follows stands by itself.
  /^(?:(?:une?|la|l[’']|cette) ?)?(?:image|photo(?:graphie)?|illustration|dessin|capture d[’']écran) (?:montrant|représentant|de |d[’'])/iu,
  /^(?:cette|la|l[’']) ?(?:image|photo(?:graphie)?|illustration) (?:montre|représente|présente)\b/iu,
  /^(?:sur|dans) (?:cette|la|l[’']) ?(?:image|photo(?:graphie)?),/iu,
  /^(?:(?:una?|uma|la|el|esta?|a) )?(?:imagen|imagem|foto(?:graf[ií]a)?|ilustraci[oó]n|ilustração|dibujo|captura de pantalla) (?:de|que (?:muestra|mostra)|(?:muestra|mostra))(?=\s)/iu,
  /^en (?:esta|la) (?:imagen|foto(?:graf[ií]a)?),/iu,
  /^(?:(?:un[ao’']?|la|l[’']|questa|quest[’']) ?)?(?:immagine|foto(?:grafia)?|illustrazione|disegno|schermata) (?:di|che mostra|mostra|raffigura|raffigurante)(?=\s)/iu,
  /^(?:in|nell[’']|nella) ?(?:questa |quest[’'])?(?:immagine|foto),/iu,
];
/** What follows these is in another case, so that it does not stand by itself. */
const BOUND_OPENINGS: readonly RegExp[] = [
  /^(?:(?:eine?|das|die|dieses|diese) )?(?:Schwarz-Weiß-|Nah)?(?:Bild|Foto(?:grafie)?|Aufnahme|Illustration|Zeichnung|Grafik|Abbildung|Screenshot|Bildschirmfoto) (?:von|vom|eine[rs]|zeigt)(?=\s)/iu,
  /^Auf (?:diesem|dem) (?:Bild|Foto)|^(?:In|Auf) (?:dieser|der) (?:Aufnahme|Abbildung|Grafik)/iu,
  /^(?:(?:een|de|het|deze|dit) )?(?:foto|afbeelding|tekening|schermafbeelding) (?:van|toont)(?=\s)/iu,
  /^(?:(?:ett?|en|den|det) )?(?:bild(?:en)?|foto(?:t|grafi)?|billede) (?:av|af|visar|viser)(?=\s)/iu,
];

/** "A photo of", "This image shows" at the start of a text; null if it opens otherwise. */
export function openingOf(text: string): Cut | null {
  const start = text.trimStart();
  for (const pattern of OPENINGS) {
    const found = pattern.exec(start)?.[0];
    if (found === undefined) continue;
    const rest = capital(start.slice(found.length).replace(/^[\s,:]+/u, ""));
    // "In this image, there is a dog" leaves "A dog".
    return { found: found.replace(/[\s,]+$/u, ""), rest, isClean: rest !== "" };
  }
  for (const pattern of BOUND_OPENINGS) {
    const found = pattern.exec(start)?.[0];
    if (found !== undefined) return { found: found.trim(), rest: "", isClean: false };
  }
  return null;
}

const NOUNS =
  "(?:captions?|descriptions?|alt(?:ernative)?[- ]texts?|titles?|keywords?|tags?|summary|sentence|prompts?)";
const YES = "(?:sure(?: thing)?|certainly|of course|absolutely|okay|ok|no problem|gladly)";
// These are names and adverbs too, and must be followed by what is handed over.
const OTHER_YES =
  "(?:gerne|natürlich|selbstverständlich|bien sûr|certainement|claro(?: que sí)?|por supuesto|certo|certamente)";
const HERE = "(?:here(?:[’']s| is| are)|hier (?:ist|sind)|voici|aquí (?:tienes?|está)|ecco)";
const PREAMBLES: readonly RegExp[] = [
  new RegExp(`^${YES}[!,.:–—-]+\\s+(?:${HERE}\\b[^:\\n]{0,90}:\\s*)?`, "iu"),
  new RegExp(
    `^${OTHER_YES}(?:!\\s+|[!,.:–—-]+\\s+(?=${HERE}\\b))(?:${HERE}\\b[^:\\n]{0,90}:\\s*)?`,
    "iu",
  ),
  new RegExp(
    `^${HERE} [^:\\n]{0,50}(?:${NOUNS}|beschreibung|alternativtext|légende|l[’']image|descripción|descrizione|didascalia)[^:\\n]{0,50}:\\s*`,
    "iu",
  ),
  new RegExp(
    `^(?:[*_]{2})?(?!tag\\b|keyword\\b|sentence\\b)(?:(?:image |photo )?${NOUNS}|answer|output|bildbeschreibung|alternativtext|beschreibung|légende|texte alternatif|descripción|descrizione|texto alternativo|testo alternativo)(?:[*_]{2})?\\s*:(?:[*_]{2})?\\s*`,
    "iu",
  ),
];
// Nobody takes longer to say goodbye.
const MOST_FAREWELL = 500;
const FAREWELL =
  /(?:let me know if|please let me know|i hope (?:this|that) helps|feel free to (?:ask|let)|(?:is there|if you need) anything else)[^.!?\n]*[.!?]*$/iu;

/** Words to whoever asked, before or after the text: "Sure, here is a caption:". */
export function preambleOf(text: string): Cut | null {
  const start = text.trimStart();
  for (const pattern of PREAMBLES) {
    const found = pattern.exec(start)?.[0] ?? "";
    if (found === "") continue;
    const rest = start.slice(found.length);
    return { found: found.trim(), rest: capital(rest), isClean: rest.trim() !== "" };
  }
  const whole = text.trimEnd();
  const found = FAREWELL.exec(whole.slice(-MOST_FAREWELL))?.[0] ?? "";
  if (found === "") return null;
  const rest = whole.slice(0, -found.length).trimEnd();
  return { found, rest, isClean: rest !== "" };
}

const REFUSALS: readonly RegExp[] = [
  /^(?:i[’']?m|i am) (?:really |very |so )?(?:sorry|afraid|unable|not able)\b[^.!?\n]{0,40}/iu,
  /^(?:sorry|unfortunately|apologies|i apologi[sz]e)(?:,| but|, but)? (?:i\b|this image|for (?:the|any) (?:confusion|inconvenience))[^.!?\n]{0,40}/iu,
  /^i (?:can(?:[’']?t|not| not)|won[’']?t|am not able to|do not feel) (?:assist|help|provide|describe|identify|see|view|comply|process|analy[sz]e|create|generate|comfortable|fulfil)\w*[^.!?\n]{0,30}/iu,
  /^(?:es )?tut mir leid\b[^.!?\n]{0,40}|^leider kann ich\b[^.!?\n]{0,40}|^ich kann (?:dieses|das|dabei|ihnen|dir) [^.!?\n]{0,30}nicht/iu,
  /^(?:je suis )?désolée?s?,[^.!?\n]{0,40}|^je ne (?:peux|suis) pas [^.!?\n]{0,40}/iu,
  /^lo siento\b[^.!?\n]{0,40}|^no puedo (?:ayudar|describir|identificar|ver|proporcionar)[^.!?\n]{0,30}/iu,
  /^mi dispiace\b[^.!?\n]{0,40}|^non posso (?:aiutar|descrivere|identificare|vedere|fornire)[^.!?\n]{0,30}/iu,
];

/** The words by which a model refuses; null if it does not. */
export function refusalIn(text: string): string | null {
  const start = text.replace(/^[\s"“„«*_]+/u, "");
  for (const pattern of REFUSALS) {
    const found = pattern.exec(start)?.[0];
    if (found !== undefined) return found.trim();
  }
  return null;
}

const SELF =
  /\bas an? (?:ai|artificial intelligence|(?:large )?(?:language|vision|multimodal)(?:[- ]language)? model)\b(?!-)|\b(?:i am|i[’']m) an? (?:ai|artificial intelligence|(?:large )?language model)\b|\bmy (?:training data|knowledge cutoff)\b|\bals (?:ki|künstliche intelligenz|sprachmodell)\b(?!-)|\ben tant qu[’'](?:ia|intelligence artificielle)\b|\bcomo (?:una )?(?:ia|inteligencia artificial|modelo de lenguaje)\b|\bcome (?:una )?(?:ia|intelligenza artificiale)\b/iu;
// Thousands of texts name none of these, and the rest need not be looked for in them.
const SELF_GATE =
  /\b(?:AI|ai|KI|ki|IA|ia|[Mm]odel|[Mm]odelo|[Ss]prachmodell|[Ii]ntelligen[cz]|[Ii]nteligencia|training data|knowledge cutoff)/;

/** The words in which a model speaks of itself; null if it does not. */
export function selfIn(text: string): string | null {
  return SELF_GATE.test(text) ? (SELF.exec(text)?.[0] ?? null) : null;
}

const PERSON =
  "(?:man|men|woman|women|boys?|girls?|persons?|people|males?|females?|lady|ladies|gentlem[ae]n|guys?|couples?|famil(?:y|ies)|child(?:ren)?|kids?|toddlers?|baby|babies|teen(?:ager)?s?|individuals?)";
const ADULT = "(?:man|men|woman|women|boys?|girls?|persons?|people|males?|females?|couples?)";
// "A black woman’s bicycle" and "an American girl doll" are about things.
const NOT_A_THING =
  "(?![’']s|s[’']|[- ](?:dolls?|scouts?|sized?|made|carriers?|cars?|names?|restaurants?))";
const ORIGIN =
  "(?:asian|east asian|south asian|southeast asian|african|african[- ]american|afro[- ]\\w+|caucasian|hispanic|latin[oax]|middle[- ]eastern|arab(?:ic)?|jewish|european|indian|native american|indigenous|chinese|japanese|korean|vietnamese|thai|filipin[oa]|pakistani|mexican|brazilian|american|british|english|irish|scottish|french|german|italian|spanish|portuguese|greek|turkish|russian|ukrainian|polish|dutch|scandinavian|nigerian|ethiopian|ghanaian|moroccan|egyptian|iranian|israeli)";
const TEN =
  "(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|\\d0[’']?s)";
const PLACE =
  "(?:Station|Street|Road|Park|Bridge|Square|Tower|House|Hall|Airport|Building|Castle|Cathedral|Bay|Beach|Island|City|Lake|Falls|Market)";
// In lower case: a search that minds no case takes several times as long.
const GUESSES: readonly RegExp[] = [
  new RegExp(
    `\\bin (?:his|her|their) (?:early |mid(?:dle)?[- ]|late )?(?:to late )?${TEN}\\b`,
    "u",
  ),
  new RegExp(
    `\\b(?:\\d{1,2}|(?:twenty|thirty|forty|fifty|sixty)(?:-\\w+)?)[- ]years?[- ]old[- ](?:\\w+ )?${PERSON}\\b`,
    "u",
  ),
  new RegExp(
    `\\b${PERSON}\\b[^.!?]{0,40}?\\b(?:about|around|approximately|roughly|appears? to be|seems? to be|aged?)(?: about| around)? \\d{1,2}(?: years|\\b(?! (?:cm|metres|meters|feet|people)))`,
    "u",
  ),
  new RegExp(
    `\\b(?:about|approximately|around|roughly) \\d{1,2} years old\\b(?=[^.!?]{0,300}\\b${PERSON}\\b)`,
    "u",
  ),
  new RegExp(`\\bmiddle[- ]aged (?:\\w+ )?${PERSON}\\b`, "u"),
  new RegExp(
    `\\b${ORIGIN}(?:[- ]looking)? (?:(?:young|old|older|elderly|little) )?${PERSON}\\b${NOT_A_THING}`,
    "u",
  ),
  new RegExp(
    `\\b(?:black|white|brown)(?: (?:young|old|older|elderly))? ${ADULT}\\b${NOT_A_THING}`,
    "u",
  ),
  new RegExp(`\\bof ${ORIGIN} (?:descent|origin|ethnicity|heritage|ancestry|background)\\b`, "u"),
  new RegExp(
    `\\b(?:appears?|seems?|looks?|may|might|could) (?:to )?(?:be )?(?:of )?${ORIGIN}(?=[\\s,.])(?! (?:style|architecture|food))`,
    "u",
  ),
  // German, French, Spanish, Italian.
  /\b(?:asiatisch|europäisch|afrikanisch|arabisch|afroamerikanisch|kaukasisch)e[nrs]? (?:\p{L}+ )?(?:mann|männer|frau|frauen|junge|jungen|mädchen|person|personen|familie|paar)(?!\p{L})/u,
  /\b(?:etwa|ungefähr|circa|rund|anfang|mitte|ende) (?:\d{2}|zwanzig|dreißig|vierzig|fünfzig|sechzig)(?:-jährige|[ -]jahre alt)?(?=[\s,.-])(?=[^.]{0,300}(?:jahre|jährig|mann|frau|alt))/u,
  /\b(?:hommes?|femmes?|garçons?|filles?|personnes?) (?:asiatiques?|africaine?s?|arabes?|européenne?s?|d[’']origine \p{L}+|d[’']une (?:ving|tren|quaran|cinquan)taine d[’']années|dans la (?:ving|tren|quaran|cinquan)taine)(?!\p{L})/u,
  /\b(?:hombres?|mujer(?:es)?|niñ[oa]s?|personas?|chic[oa]s?) (?:asiátic[oa]s?|african[oa]s?|árabes?|caucásic[oa]s?|latin[oa]s?|de origen \p{L}+|de unos \d{2} años)(?!\p{L})/u,
  /\b(?:uom[oi]n?i?|donn[ae]|ragazz[oaie]|bambin[oaie]|person[ae]) (?:asiatic[oaih]+|african[oaie]|arab[oaie]|caucasic[oaih]+|di origine \p{L}+|sui \p{L}+ant[’']anni)(?!\p{L})/u,
];
// A name is two words with capitals, said of a person.
const NAMED = new RegExp(
  `\\b${PERSON}\\b[^.!?]{0,60}?\\b((?:looks? like|resembl(?:es|ing)|appears? to be|may be|might be|could be|is probably|believed to be) (?:(?:the )?(?:actor|actress|singer|politician|president|player|footballer|musician) )?\\p{Lu}\\p{Ll}+ (?!${PLACE}\\b)\\p{Lu}\\p{L}+)`,
  "u",
);
// Thousands of texts speak of nobody, and need no closer look.
const GUESS_GATE =
  /(?:[mM][ae]n\b|[bB]oy|[gG]irl|[pP]erson|[pP]eople|[fF]emale|[mM]ale|[lL]ad(?:y|ies)|[gG]uy|[cC]ouple|[fF]amil|[cC]hild|[kK]ids?\b|[tT]oddler|[bB]ab(?:y|ies)|[tT]een|[iI]ndividual|descent|ethnic|heritage|ancestry|origin|[yY]ears? old|\bin (?:his|her|their)\b|[mM]ann\b|[mM]änner|[fF]rau|[jJ]unge|[mM]ädchen|[pP]aar\b|[hH]omme|[fF]emme|[gG]arçon|[fF]ille|[hH]ombre|[mM]ujer|[nN]iñ|[cC]hic|[uU]om|[dD]onn|[rR]agazz|[bB]ambin|appears? to|seems? to|looks? )/;

/** The words in which a text guesses at somebody's name, age or origin; null if it does not. */
export function guessIn(text: string): string | null {
  if (!GUESS_GATE.test(text)) return null;
  const plain = unquoted(text);
  const lower = plain.toLowerCase();
  for (const pattern of GUESSES) {
    const found = pattern.exec(lower);
    if (found !== null) return plain.slice(found.index, found.index + found[0].length);
  }
  return NAMED.exec(plain.charAt(0).toLowerCase() + plain.slice(1))?.[1] ?? null;
}

/** The text without what it quotes, such as a sign's words: those are not its own. */
export function unquoted(text: string): string {
  // No quotation goes on past another that begins: each letter is looked at for one of them.
  return text.replaceAll(/“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|"[^"]*"/gu, " ");
}

const CAMERA =
  /^(?:img|dsc[nf]?|pxl|mvimg|gopr|dji|sam|pict|scan|screenshot|bildschirmfoto|whatsapp image|image|photo|picture|untitled|unbenannt|frame)[-_ ]?(?:\d[\d\-_. ]{2,}|\(\d+\)|\d+)\w*$/iu;
const FILE = /^[^\s/\\]+\.(?:jpe?g|png|webp|gif|avif|bmp|ico|svg|heic|heif|tiff?|raw|cr2|nef)$/iu;

/** Whether a text is the name of a file, of this one or as a camera gives it. */
export function isFileName(text: string, fileName: string): boolean {
  const words = text.trim();
  if (words.length > 200) return false;
  if (FILE.test(words) || CAMERA.test(words)) return true;
  const stem = fileName.replace(/\.\w{2,5}$/u, "");
  // "Kitchen" can be a title of kitchen.jpg.
  return /[-_\d]/u.test(words) && words.toLowerCase() === stem.toLowerCase();
}

/** The text with a capital at its start. */
function capital(text: string): string {
  const [first = ""] = text;
  return first.toUpperCase() + text.slice(first.length);
}
