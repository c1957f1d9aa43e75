import type { Topic } from "./answer-wish.ts";
import type { PictureMeasures, Place } from "./measure-picture.ts";

/** One measured thing in words: three ways to say it in a sentence, and three as a clause after a comma. */
export interface PictureFact {
  topic: Topic;
  sentences: readonly [string, string, string];
  clauses: readonly [string, string, string];
}

/** The facts of a picture in words, the most telling first. They are all measured; nothing is recognised. */
export function pictureFacts(measures: PictureMeasures): PictureFact[] {
  return [
    colourFact(measures),
    lightFact(measures),
    detailFact(measures),
    contrastFact(measures),
    layoutFact(measures),
    formatFact(measures),
    shareFact(measures),
    toneFact(measures),
  ];
}

/** How a single sentence begins, in three ways: the two largest colours, before any clause. */
export function pictureHeads({ colours }: PictureMeasures): readonly [string, string, string] {
  const [first = "grey", second] = colours.map(({ name }) => name);
  if (second === undefined)
    return [capital(`${first} alone`), `A field of ${first}`, capital(first)];
  return [
    capital(`${first} and ${second} tones`),
    `A palette of ${first} and ${second}`,
    capital(`${first} against ${second}`),
  ];
}

/** The same facts as short tags, the most telling first, without repeats. */
export function pictureTags(measures: PictureMeasures): string[] {
  const { colours, light, temperature, contrast, saturation, detail, width, height } = measures;
  const megapixels = Math.max(1, Math.round((width * height) / 1_000_000));
  const tags = [
    ...colours.slice(0, 3).map(({ name }) => name),
    `${light === "moderate" ? "even" : light} light`,
    `${temperature} tones`,
    `${contrast} contrast`,
    `${saturation === "moderate" ? "natural" : saturation} colours`,
    `detail ${placed(detail.where)}`,
    `${measures.orientation} format`,
    ...colours.slice(3).map(({ name }) => name),
    `lightest ${placed(measures.brightest)}`,
    `darkest ${placed(measures.darkest)}`,
    measures.symmetric ? "near-symmetric" : "asymmetric",
    `${detail.amount} fine detail`,
    colours.length <= 2 ? "few colours" : "several colours",
    measures.format,
    `about ${megapixels} megapixel${megapixels === 1 ? "" : "s"}`,
    measures.hasAlpha ? "transparent parts" : "opaque",
  ];
  return [...new Set(tags)];
}

/** "slate blue", "slate blue and sand", "slate blue, sand and cream". */
function joined(names: readonly string[]): string {
  return names.length < 2
    ? (names[0] ?? "")
    : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** The phrase for a place, such as "at the top left" or "in the centre". */
function placed(place: Place): string {
  if (place === "centre") return "in the centre";
  return place === "left" || place === "right" ? `on the ${place}` : `at the ${place}`;
}

function colourFact({ colours }: PictureMeasures): PictureFact {
  const names = colours.map(({ name }) => name);
  const [first = "grey", second] = names;
  const rest = names.slice(2, 4);
  if (second === undefined) {
    return {
      topic: "colour",
      sentences: [
        `${capital(first)} fills the whole frame.`,
        `The picture is ${first} all over.`,
        `Nothing but ${first}, from edge to edge.`,
      ],
      clauses: [`all in ${first}`, `${first} throughout`, `nothing but ${first}`],
    };
  }
  const extra = joined(rest);
  return {
    topic: "colour",
    sentences: [
      `${capital(first)} and ${second} fill most of the frame${extra && `, with smaller areas of ${extra}`}.`,
      `The palette runs from ${first} to ${second}${extra && `, with a little ${extra}`}.`,
      `Mostly ${first} and ${second}${extra && `; ${extra} in places`}.`,
    ],
    clauses: extra
      ? [`with touches of ${extra}`, `a little ${extra} among them`, `${extra} in places`]
      : ["in two colours alone", "no third colour", "two colours only"],
  };
}

function lightFact({ light, temperature, brightest, darkest }: PictureMeasures): PictureFact {
  const level = light === "moderate" ? "even" : light;
  const feel = temperature === "neutral" ? level : `${level} and ${temperature}`;
  return {
    topic: "light",
    sentences: [
      `The light is ${feel}, strongest ${placed(brightest)} and weakest ${placed(darkest)}.`,
      `Tones are ${feel} overall, lightest ${placed(brightest)}.`,
      `${capital(feel)} in tone, it fades from the ${brightest} towards the ${darkest}.`,
    ],
    clauses: [
      `lightest ${placed(brightest)}`,
      `its light ${placed(brightest)}`,
      `${feel}, fading towards the ${darkest}`,
    ],
  };
}

function detailFact({ detail }: PictureMeasures): PictureFact {
  const where = placed(detail.where);
  const few = detail.amount === "little";
  return {
    topic: "detail",
    sentences: few
      ? [
          `Surfaces are smooth, and what fine detail there is lies ${where}.`,
          `There is little fine detail, most of it ${where}.`,
          `Large calm areas leave only a little detail ${where}.`,
        ]
      : [
          `The eye is drawn to the fine detail ${where}.`,
          `Most of the detail lies ${where}.`,
          `${detail.amount === "much" ? "Dense" : "Some"} fine detail gathers ${where}.`,
        ],
    clauses: few
      ? [`smooth except ${where}`, `with a little detail ${where}`, `calm but ${where}`]
      : [`with most detail ${where}`, `detailed ${where}`, `busiest ${where}`],
  };
}

function contrastFact({ contrast, saturation }: PictureMeasures): PictureFact {
  const colours = saturation === "moderate" ? "moderately saturated" : saturation;
  return {
    topic: "light",
    sentences: [
      `Contrast is ${contrast} and the colours are ${colours}.`,
      `It has ${contrast} contrast and ${colours} colours.`,
      `${capital(colours)} colours meet ${contrast} contrast.`,
    ],
    clauses: [
      `in ${contrast} contrast`,
      `${colours}, with ${contrast} contrast`,
      `of ${contrast} contrast`,
    ],
  };
}

function layoutFact({ symmetric, orientation, brightest, darkest }: PictureMeasures): PictureFact {
  return {
    topic: "layout",
    sentences: symmetric
      ? [
          `The left half nearly mirrors the right.`,
          `Left and right balance each other closely.`,
          `The ${orientation} frame is close to symmetric.`,
        ]
      : [
          `The ${orientation} frame is laid out unevenly, its weight ${placed(darkest)}.`,
          `Visual weight sits ${placed(darkest)}, away from the light ${placed(brightest)}.`,
          `An uneven ${orientation} layout puts the heavier tones ${placed(darkest)}.`,
        ],
    clauses: symmetric
      ? ["nearly symmetric", "left and right alike", "close to mirrored"]
      : [
          `heavier ${placed(darkest)}`,
          `its weight ${placed(darkest)}`,
          `unevenly laid out, dark ${placed(darkest)}`,
        ],
  };
}

function formatFact({ format, width, height, orientation }: PictureMeasures): PictureFact {
  const name = format === "webp" ? "WebP" : format.toUpperCase();
  return {
    topic: "format",
    sentences: [
      `It is a ${orientation} ${name} of ${width} by ${height} pixels.`,
      `The file is a ${name}, ${width} × ${height} pixels, in ${orientation} format.`,
      `Format: ${orientation}, ${width} × ${height} pixels, ${name}.`,
    ],
    clauses: [`in ${orientation} format`, `a ${orientation} frame`, orientation],
  };
}

function shareFact({ colours }: PictureMeasures): PictureFact {
  const { name, share } = colours[0] ?? { name: "grey", share: 1 };
  const percent = Math.round(share * 100);
  return {
    topic: "colour",
    sentences: [
      `The largest single colour is ${name}, at about ${percent} % of the area.`,
      `About ${percent} % of the picture is ${name}.`,
      `${capital(name)} alone takes up some ${percent} %.`,
    ],
    clauses: [`${percent} % of it ${name}`, `mostly ${name}`, `${name} for ${percent} %`],
  };
}

function toneFact({ temperature, colours }: PictureMeasures): PictureFact {
  const last = colours.at(-1)?.name ?? "grey";
  const lean = temperature === "neutral" ? "balance warm and cool" : `lean ${temperature}`;
  return {
    topic: "colour",
    sentences: [
      `Taken together the colours ${lean}, down to the ${last}.`,
      `Overall its colours ${lean}.`,
      `All in all the tones ${lean}, ${last} included.`,
    ],
    clauses:
      temperature === "neutral"
        ? ["neither warm nor cool", "balanced in tone", "neutral overall"]
        : [`${temperature} in tone`, `leaning ${temperature}`, `${temperature} overall`],
  };
}

/** The text with its first letter in upper case. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
