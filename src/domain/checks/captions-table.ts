import type { Field } from "#src/domain/field.ts";
import type { CheckId } from "./checks.ts";

/** A caption and what should be found in it. The verdicts were written before the rules. */
export interface Judged {
  text: string;
  /** Every finding that it should have, and no other. */
  finds?: readonly CheckId[];
  field?: Partial<Pick<Field, "kind" | "limit" | "language" | "checks">>;
  fileName?: string;
  /** What the rules get wrong, and why it is left so: these alarm falsely … */
  falseAlarms?: readonly CheckId[];
  /** … and these they do not see. */
  misses?: readonly CheckId[];
}

const LIMIT = { most: 125, unit: "characters" } as const;

/** Captions that need no correction, many of which look as if they did. */
const CLEAN: readonly Judged[] = [
  { text: "Brass table lamp with a domed shade, lit on an oak desk beside an open notebook." },
  { text: "Two children chase a kite along a windy beach, their coats blown open behind them." },
  { text: "An age-old stone bridge crosses the river below a ruined castle." },
  { text: "A German shepherd waits beside a red letter box in the rain." },
  { text: "Chinese lanterns hang above a narrow street crowded with food stalls." },
  { text: "A photographer kneels in the grass to photograph a heron." },
  { text: "Picture frames lean against the wall of an empty gallery." },
  { text: "Drawing pins spill from a tin onto a green cutting mat." },
  { text: "A woman looks like she is about to laugh; the man beside her covers his face." },
  { text: "A tower that looks like Big Ben, built of matchsticks." },
  { text: "A 100-year-old oak shades the bench at the edge of the field." },
  { text: "A bottle of 30-year-old whisky stands on a barrel." },
  { text: "A black woman’s bicycle with a wicker basket leans on a fence." },
  { text: "A card that reads “I’m sorry, I can’t come to your party” lies on a doormat." },
  { text: "A robot waves from a shop window under a sign with the letters AI." },
  { text: "“Open” and “Closed” signs hang side by side on a shop door: “Open” is lit." },
  {
    text: "A singer in gold holds the microphone out to the crowd. Ho ho ho is written on the drum.",
  },
  { text: "The sign on the gate says New York, New York in curly letters." },
  { text: "A woman crosses a wet street at night, possibly in New York City." },
  { text: "Sure-footed goats climb a dam almost as steep as a wall." },
  { text: "A bottle marked 5 * 3 * 2 stands beside a file called snake_case_name on a screen." },
  { text: "Thermometer at −4 °C; the logo on it reads Frost™ ✓." },
  { text: "A teenager in a Japanese school uniform cycles past a vending machine." },
  { text: "French windows open onto a terrace with two iron chairs." },
  { text: "An old woman feeds pigeons from a paper bag on a park bench." },
  { text: "Vintage poster of a steam train with the words “As an aid to travel” below it." },
  { text: "A stamp with the portrait of Queen Elizabeth II, postmarked London 1965." },
  {
    text: "A man reads a newspaper with the headline “Wie geht es weiter mit der Bahn und den Zügen?” in a café.",
    field: { language: "en-GB" },
  },
  { text: "A screenshot tool is open on the laptop beside a cup of coffee." },
  { text: "The image on the wall behind the speaker is out of focus." },
  { text: "Very tall, very thin poplars line the very straight road." },
  { text: "Certainty, a sculpture in steel, stands in front of the town hall." },
  {
    text: "Ein Hund schläft auf einer Decke, neben ihm steht ein leerer Napf.",
    field: { language: "de" },
  },
  {
    text: "Une femme traverse la place avec un parapluie rouge sous la pluie.",
    field: { language: "fr-FR" },
  },
  { text: "Dos niños juegan con una pelota en la calle de un pueblo.", field: { language: "es" } },
  { text: "Un uomo legge il giornale su una panchina della piazza.", field: { language: "it" } },
  { text: "駅前の広場で、赤い傘をさした人が電車を待っている。", field: { language: "ja" } },
  { text: "На столе стоит латунная лампа рядом с открытой книгой.", field: { language: "ru" } },
  { text: "Aurora table lamp in brass", field: { kind: "title", language: "de" } },
  { text: "floor lamp, linen, armchair, daylight, floor", field: { kind: "tags", language: "fr" } },
  { text: "IMG bridge at dusk, four cranes behind it." },
  {
    text: "A family of four walks a dog; the youngest child carries the lead.",
    field: { limit: LIMIT },
  },
  { text: "Here is where the path ends: a gate, a stile and a sign to the river." },
  { text: "A map of the Indian Ocean with shipping routes drawn in red." },
  { text: "A Chinese family restaurant with a red door and two stone lions." },
  // Known false alarms.
  {
    text: "A photo of a grandmother in a silver frame stands on a piano.",
    falseAlarms: ["opening"],
  },
  { text: "A scoreboard shows HA HA HA HA HA in dotted letters.", falseAlarms: ["loop"] },
];

/** Captions with something to correct. */
const FAULTY: readonly Judged[] = [
  {
    text: "A photo of a floor lamp with a linen shade standing beside a green armchair.",
    finds: ["opening"],
  },
  { text: "Image of two boats tied to a jetty at low tide.", finds: ["opening"] },
  { text: "This image shows a market square full of flower stalls.", finds: ["opening"] },
  { text: "The picture depicts a fox crossing a snowy road at night.", finds: ["opening"] },
  { text: "In this photo, a cyclist leans into a bend on a mountain road.", finds: ["opening"] },
  { text: "A black-and-white photograph of a crowded tram in the rain.", finds: ["opening"] },
  { text: "Screenshot of a calendar with three meetings on Tuesday.", finds: ["opening"] },
  {
    text: "Das Bild zeigt einen Hund, der auf einer Decke schläft.",
    finds: ["opening"],
    field: { language: "de" },
  },
  {
    text: "Photo d’un chien qui dort sur une couverture devant la cheminée.",
    finds: ["opening"],
    field: { language: "fr" },
  },
  {
    text: "Imagen de dos niños que juegan en la calle con una pelota.",
    finds: ["opening"],
    field: { language: "es" },
  },
  {
    text: "Foto di un uomo che legge il giornale su una panchina.",
    finds: ["opening"],
    field: { language: "it" },
  },
  { text: "IMG_2034.jpg", finds: ["file-name"], field: { kind: "title" } },
  { text: "DSC00412", finds: ["file-name"], field: { kind: "title" } },
  {
    text: "aurora-table-brass",
    finds: ["file-name"],
    field: { kind: "title" },
    fileName: "aurora-table-brass.jpg",
  },
  { text: " ", finds: ["empty"] },
  { text: "", finds: ["empty"] },
  { text: "A cat asleep on a keyboard", finds: ["full-stop"] },
  {
    text: "Cat on a keyboard.",
    finds: ["full-stop"],
    field: { kind: "title", checks: ["full-stop:unwanted"] },
  },
  { text: "A birthday cake with five candles 🎂 on a blue plate.", finds: ["emoji"] },
  { text: "Sunset over the bay ☀️🌊.", finds: ["emoji"] },
  { text: "A man who appears to be in his 30s repairs a bicycle.", finds: ["guess"] },
  { text: "An Asian woman in a white coat looks into a microscope.", finds: ["guess"] },
  { text: "A man in a suit who looks like Tom Hanks waits at a bus stop.", finds: ["guess"] },
  { text: "A 45-year-old woman stands at a lectern.", finds: ["guess"] },
  { text: "A Caucasian couple dances on a pier at dusk.", finds: ["guess"] },
  { text: "Three people of African descent share a meal at a long table.", finds: ["guess"] },
  {
    text: "Eine asiatische Frau blickt durch ein Mikroskop.",
    finds: ["guess"],
    field: { language: "de" },
  },
  {
    text: "Sure, here is a caption for your image: A red kettle steams on a gas stove.",
    finds: ["preamble"],
  },
  { text: "Certainly! A red kettle steams on a gas stove.", finds: ["preamble"] },
  { text: "Here’s a concise alt text: A red kettle steams on a gas stove.", finds: ["preamble"] },
  { text: "Alt text: A red kettle steams on a gas stove.", finds: ["preamble"] },
  {
    text: "A red kettle steams on a gas stove. Let me know if you need anything else!",
    finds: ["preamble"],
  },
  {
    text: "Voici une description de l’image : Une bouilloire rouge fume sur la cuisinière.",
    finds: ["preamble"],
    field: { language: "fr" },
  },
  {
    text: "A red car, a red car, a red car, a red car, a red car, a red",
    finds: ["full-stop", "loop"],
  },
  {
    text: "The sky is blue and the sea is calm and the sky is blue and the sea is calm and the sky is blue and the sea is calm.",
    finds: ["loop"],
    field: { limit: LIMIT },
  },
  { text: "A very very very very very old barn.", finds: ["loop"] },
  { text: "I’m sorry, I can’t help with identifying people in images.", finds: ["refusal"] },
  { text: "I cannot assist with that request.", finds: ["refusal"] },
  {
    text: "Es tut mir leid, aber ich kann dieses Bild nicht beschreiben.",
    finds: ["refusal"],
    field: { language: "de" },
  },
  { text: "As an AI language model, I see a street with several parked cars.", finds: ["self"] },
  { text: "“A lighthouse above a stormy sea.”", finds: ["markup"] },
  { text: "**A lighthouse** above a stormy sea.", finds: ["markup"] },
  { text: "# Lighthouse\n- a tower\n- a stormy sea.", finds: ["markup"] },
  {
    text: "A dog sleeps on a blanket in front of the fire, and a cat watches it from the chair.",
    finds: ["language"],
    field: { language: "de" },
  },
  {
    text: "Ein Hund schläft auf einer Decke, und eine Katze sieht ihm von dem Stuhl zu.",
    finds: ["language"],
    field: { language: "en-GB" },
  },
  {
    text: "一只狗睡在壁炉前的毯子上，一只猫在椅子上看着它。",
    finds: ["language"],
    field: { language: "en-GB" },
  },
  {
    text: "На столе стоит латунная лампа рядом с открытой книгой.",
    finds: ["language"],
    field: { language: "fr" },
  },
  {
    text: "Sure, here is the caption: **“A photo of a lighthouse above a stormy sea 🌊”**",
    finds: ["preamble", "markup", "emoji", "full-stop"],
    misses: ["opening"],
  },
  {
    text: "Black clip lamp fixed to the edge of a plywood shelf, its cone turned down over a keyboard, two notebooks, a jar of pencils and a fern.",
    finds: ["over"],
    field: { limit: LIMIT },
  },
  // Known misses.
  { text: "Grandma Rose blows out the candles on her cake.", misses: ["guess"] },
  { text: "Lampe de table.", field: { language: "de" }, misses: ["language"] },
  { text: "The tall one is around forty, I would say.", misses: ["guess"] },
];

/** Written after the rules, and judged before they were run on them: of 75, these 34 taught something. */
const HELD_OUT: readonly Judged[] = [
  { text: "Portrait of a woman with curly hair laughing, a hand at her chin." },
  { text: "A group of about 20 people wait at a crossing." },
  { text: "A girl, 7, holds a sign that says “Save our library”." },
  { text: "English family names carved in a stone." },
  { text: "Turkish people-carrier parked outside a mosque." },
  { text: "Black men’s shoes, polished, on a mat." },
  { text: "Black family car with the doors open." },
  { text: "A nurse measures a boy’s height: around 120 cm." },
  { text: "A woman waits at what might be Victoria Station." },
  { text: "A man looks like he has run a marathon; London Bridge is behind him." },
  { text: "Sorry, we are closed: a sign on a café door." },
  { text: "Unfortunately for the crew, the mast has snapped." },
  { text: "Tag: the children’s game, painted in bright chalk." },
  { text: "Certo, a bottle of pectin, on a shelf." },
  { text: "OK Go perform on treadmills." },
  { text: "Children in red boots jump, jump, jump into a puddle." },
  { text: "Row upon row upon row of white crosses in a green field." },
  { text: "A barcode 1111 1111 1111 1111 on a box." },
  { text: "A photo booth in a railway station, its curtain drawn." },
  {
    text: "Café au lait and pain au chocolat on a table at a bistro in the rue de la Paix.",
    field: { language: "en" },
  },
  {
    text: "Las Vegas sign at night with El Cortez and La Casa de la Luna behind it.",
    field: { language: "en" },
  },
  {
    text: "A painting of a Dutch family around a table hangs in the hall.",
    falseAlarms: ["guess"],
  },
  { text: "A drawing of a horse by a child, taped to a fridge.", falseAlarms: ["opening"] },
  { text: "Photos of missing cats cover a lamp post.", falseAlarms: ["opening"] },
  { text: "Title: A Brief History, a book beside a lamp.", falseAlarms: ["preamble"] },
  { text: "Blah blah blah blah, says the speech bubble.", falseAlarms: ["loop"] },
  { text: "Man who might be John Smith signs a book.", finds: ["guess"] },
  { text: "Approximately 25 years old, the woman is smiling.", finds: ["guess"] },
  { text: "The man, probably in his late fifties, is wearing glasses.", finds: ["guess"] },
  { text: "Of course! Here's a caption for the image:\n\nA cat on a mat.", finds: ["preamble"] },
  { text: "I'm unable to view images, but I can help you write alt text.", finds: ["refusal"] },
  {
    text: "a cat on a mat, in the style of hyperrealism, in the style of hyperrealism, in the style of hyperrealism.",
    finds: ["loop"],
  },
  {
    text: "O homem lê um jornal em um banco da praça com a sua filha.",
    finds: ["language"],
    field: { language: "en" },
  },
  { text: "1. A cat.\n2. A dog.", misses: ["markup"] },
];

/** Right ends of sentences, in the scripts and quotation marks that captions come in. */
const ENDS: readonly Judged[] = [
  { text: "The banner on the wall says 'We are open.'" },
  { text: "The banner on the wall says ‘We are open.’" },
  { text: "Auf dem Schild an der Wand steht „Wir haben offen.“", field: { language: "de" } },
  { text: "Auf dem Schild an der Wand steht »Wir haben offen.«", field: { language: "de" } },
  { text: "Sur le mur, on peut lire : « Nous sommes ouverts. »", field: { language: "fr" } },
  { text: "看板に「営業中です。」", field: { language: "ja" } },
  { text: "看板には『営業中です。』", field: { language: "ja" } },
  { text: "一只狗睡在毯子上。", field: { language: "zh" } },
  { text: "แมวสีเทานอนหลับอยู่บนเก้าอี้ไม้ข้างหน้าต่าง" },
  { text: "แมวสีเทานอนหลับอยู่บนเก้าอี้ไม้ข้างหน้าต่าง", field: { language: "th" } },
  { text: "ᠮᠣᠷᠢ ᠲᠠᠯᠠ ᠳᠡᠭᠡᠷᠡ ᠡᠪᠡᠰᠦ ᠢᠳᠡᠵᠦ ᠪᠠᠢᠨ᠎ᠠ", field: { language: "mn-Mong" } },
  { text: "Морь тал дээр өвс идэж байна.", field: { language: "mn" } },
  { text: "ཁྱི་ཞིག་གདན་གྱི་སྟེང་དུ་ཉལ་ནས་འདུག", field: { language: "bo" } },
  { text: "පුටුවක් මත අළු පාට පූසෙක් නිදාගෙන සිටී.", field: { language: "si" } },
  {
    text: "Tá cat liath ina chodladh ar chathaoir in aice leis an bhfuinneog, is é an t-am é.",
    field: { language: "ga" },
  },
  { text: "赤い傘", field: { language: "ja" } },
  { text: "一只狗睡在毯子上", finds: ["full-stop"], field: { language: "zh" } },
  { text: "猫が椅子の上で寝ている", finds: ["full-stop"] },
  { text: "ایک کتا چٹائی پر سو رہا ہے۔", field: { language: "ur" } },
  { text: "एक कुत्ता चटाई पर सो रहा है।", field: { language: "hi" } },
  { text: "একটি কুকুর মাদুরে ঘুমাচ্ছে।", field: { language: "bn" } },
  { text: "Շունը քնած է գորգի վրա։", field: { language: "hy" } },
  { text: "ውሻው ምንጣፉ ላይ ተኝቷል።", field: { language: "am" } },
  { text: "ខ្មែរ ឆ្កែ កំពុង ដេក លើ កន្ទេល។", field: { language: "km" } },
  { text: "Τι κάνει ο σκύλος πάνω στο χαλί;", field: { language: "el" } },
  { text: "Pas spava na deki i ne vidi da je mačka na stolici.", field: { language: "hr" } },
  {
    text: "A dog sleeps on a blanket in front of the fire, and a cat watches it from the chair.",
    finds: ["language"],
    field: { language: "hr" },
  },
  { text: "A birthday cake on a table. 🎂", finds: ["emoji"] },
  { text: "**A birthday cake on a table.**", finds: ["markup"] },
  { text: "A birthday cake on a table 🎂", finds: ["emoji", "full-stop"] },
];

/** What the checks are tried on. */
export const CAPTIONS: readonly Judged[] = [...CLEAN, ...FAULTY, ...HELD_OUT, ...ENDS];
