import type { MicroUsd } from "#src/domain/money.ts";
import type { Fit } from "#src/domain/mount.ts";

/**
 * What the app knows about one model. Prices are the published ones, in micro-dollars per image.
 */
export interface Model {
  /** AIR id, as the service knows it. */
  id: string;
  name: string;
  /** For narrow columns and run bars. */
  shortName: string;
  answers: "text" | "age";
  /** Whether it follows a prompt, may be sent one that has no effect, or is sent none. */
  prompt: "followed" | "optional" | "none";
  /** What the user should know if it does not follow a prompt. */
  promptNote: string | null;
  price: { low: MicroUsd; high: MicroUsd };
  advice: string;
  /** The longest side worth sending, in pixels, with the reason. */
  side: { pixels: 512 | 768 | 1024 | 1536; source: string };
  /** The shapes that it takes; null if no bound is known. */
  takes: Fit | null;
  /** The colour of its bars and its dot: no two models share one. */
  colour: ModelColour;
  /** The groups an age model answers with; null for text models. */
  ageGroups: AgeGroups | null;
}

/**
 * They differ in lightness first, so that they work for colour-blind eyes and in print. Red is reserved for the
 * pencil.
 */
export type ModelColour =
  | "ink"
  | "amber"
  | "blue"
  | "grey"
  | "green"
  | "pale"
  | "brown"
  | "light-blue"
  | "light-green"
  | "light-brown";

/** A way to divide ages. The user may answer in it, too, whichever model is asked. */
export interface AgeGroups {
  /** Stored in sheets, so it never changes. "exact" is taken: it stands for the age itself. */
  key: string;
  /** For lists of choices. */
  name: string;
  /** In the model's own words, youngest first; at most nine, since each has a digit as its key. */
  labels: readonly string[];
}

const AGE_PROMPT_NOTE = "This model always answers with an age group; it takes no prompt.";
const QWEN_SIDE_SOURCE =
  "Qwen2.5-VL sees pictures at their own size in 28 px patches; its authors suggest up to 1,280 of them, about one megapixel.";
// `smart_resize` in the models' own preprocessing (transformers, qwen2_vl) raises an error beyond these: 28 px is one of
// its patches.
const QWEN_TAKES = { leastSide: 28, longestRatio: 200 } as const;
const FIVE_GROUPS = {
  key: "five",
  name: "Five groups",
  labels: ["0-12", "13-20", "21-44", "45-64", "65+"],
} as const satisfies AgeGroups;

/** Every model the app offers, in the order of the picker. To add one: an entry here, and a fixture of its answer. */
export const MODELS = [
  {
    id: "runware:152@2",
    name: "Qwen2.5-VL-7B-Instruct",
    shortName: "Qwen 7B",
    answers: "text",
    prompt: "followed",
    promptNote: null,
    price: { low: 1300, high: 1900 },
    advice:
      "The best first choice: follows the prompt’s length and form, and reads text in pictures.",
    side: { pixels: 1024, source: QWEN_SIDE_SOURCE },
    takes: QWEN_TAKES,
    colour: "ink",
    ageGroups: null,
  },
  {
    id: "runware:152@1",
    name: "Qwen2.5-VL-3B-Instruct",
    shortName: "Qwen 3B",
    answers: "text",
    prompt: "followed",
    promptNote: null,
    price: { low: 1300, high: 2600 },
    advice: "Smaller, but not always cheaper: long answers have cost more than the 7B’s.",
    side: { pixels: 1024, source: QWEN_SIDE_SOURCE },
    takes: QWEN_TAKES,
    colour: "amber",
    ageGroups: null,
  },
  {
    id: "runware:150@2",
    name: "LLaVA-1.6-Mistral-7B",
    shortName: "LLaVA 1.6",
    answers: "text",
    prompt: "followed",
    promptNote: null,
    price: { low: 1900, high: 1900 },
    advice: "Flowing prose of three to five sentences; a second opinion beside Qwen.",
    side: {
      pixels: 1024,
      source: "LLaVA-1.6 lays a picture out in 336 px tiles: 672 × 672, or a strip of 1,008.",
    },
    takes: null,
    colour: "blue",
    ageGroups: null,
  },
  {
    id: "runware:151@1",
    name: "OpenAI CLIP ViT-L/14",
    shortName: "CLIP",
    answers: "text",
    prompt: "optional",
    promptNote:
      "CLIP matches a picture with words it knows: the prompt is sent, as in the service’s example, but may have no effect.",
    price: { low: 3200, high: 4500 },
    advice: "Comma-separated tags rather than sentences, and the most expensive of all.",
    side: {
      pixels: 512,
      source: "CLIP ViT-L/14 looks at 224 × 224 px; 512 leaves room for its crop.",
    },
    takes: null,
    colour: "grey",
    ageGroups: null,
  },
  {
    id: "runware:154@1",
    name: "Open Age Detection",
    shortName: "Open Age",
    answers: "age",
    prompt: "none",
    promptNote: AGE_PROMPT_NOTE,
    price: { low: 600, high: 600 },
    advice:
      "Five groups; watch teens called adults: its authors report that it finds 87 % of teens.",
    side: {
      pixels: 512,
      source:
        "Open Age Detection (SigLIP 2) looks at 224 × 224 px; 512 leaves room for its resizing.",
    },
    takes: null,
    colour: "green",
    ageGroups: FIVE_GROUPS,
  },
  {
    id: "runware:153@1",
    name: "ViT Age Classifier",
    shortName: "ViT Age",
    answers: "age",
    prompt: "none",
    promptNote: AGE_PROMPT_NOTE,
    price: { low: 600, high: 600 },
    advice: "Nine groups, by decade from ten on: the finest division of the three.",
    side: {
      pixels: 512,
      source: "ViT Age Classifier looks at 224 × 224 px; 512 leaves room for its resizing.",
    },
    takes: null,
    colour: "pale",
    ageGroups: {
      key: "nine",
      name: "Nine groups",
      labels: ["0-2", "3-9", "10-19", "20-29", "30-39", "40-49", "50-59", "60-69", "more than 70"],
    },
  },
  {
    id: "runware:152@50",
    name: "Qwen2.5-VL-7B Age Detector",
    shortName: "Qwen Age",
    answers: "age",
    prompt: "none",
    promptNote: AGE_PROMPT_NOTE,
    price: { low: 600, high: 600 },
    advice: "Five groups from a model that sees the whole scene, at the classifiers’ price.",
    side: { pixels: 1024, source: QWEN_SIDE_SOURCE },
    takes: QWEN_TAKES,
    colour: "brown",
    ageGroups: FIVE_GROUPS,
  },
] as const satisfies readonly Model[];
