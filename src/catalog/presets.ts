/** A prompt worth starting from. */
export interface PromptPreset {
  id: string;
  name: string;
  /** What it is for, in a few words. */
  use: string;
  prompt: string;
}

/**
 * The longest prompt that can be typed, or comes with a link or a file, in characters. The service documents no limit
 * for captions. Its models read some thousands of tokens, so this is more than any of them uses, and little enough to
 * redraw at every keystroke.
 */
export const MOST_PROMPT_CHARACTERS = 10_000;

/** In the order of the menu; a new sheet starts with the first. */
export const PROMPT_PRESETS = [
  {
    id: "alt-text",
    name: "Alt text",
    use: "For web pages, within 125 characters",
    prompt:
      "Write alt text for this image: one sentence of at most 125 characters that says what matters in it. Quote any text that can be read. Do not open with “image of” or “photo of”, do not guess at names, ages or origins, and answer with the sentence alone.",
  },
  {
    id: "rich-caption",
    name: "Rich caption",
    use: "Two or three sentences for a catalogue",
    prompt:
      "Describe this image in 2-3 sentences: first the main subject and what it does, then the setting and the details that stand out, last the light and mood. State only what can be seen, decisively, without a preamble.",
  },
  {
    id: "product",
    name: "Product",
    use: "For a shop: what it is, made of, looks like",
    prompt:
      "Describe the product in this image for a shop listing in 1-2 sentences: what it is, its colours, materials, shape and visible features. Leave out the background, prices and praise.",
  },
  {
    id: "objects",
    name: "Objects",
    use: "What is there, and where",
    prompt:
      "List the clearly visible objects in this image, the most prominent first, with their colour and where they are in the frame. Separate them with semicolons. Name nothing you are not sure of.",
  },
  {
    id: "lighting",
    name: "Lighting",
    use: "Light, colour and framing, for photographers",
    prompt:
      "Describe how this image was made in 2 sentences: the light (source, direction, hardness, time of day if evident), the colours, and the framing, viewpoint and depth of field. Do not describe the subject further than needed.",
  },
  {
    id: "training-tags",
    name: "Training tags",
    use: "Comma-separated, for training captions",
    prompt:
      "Give 15 to 25 comma-separated tags in lower case for this image, from most to least important: subject, action, clothing or material, setting, colours, light, viewpoint, medium. Tags only, no sentences, no tag twice.",
  },
  {
    id: "visible-text",
    name: "Visible text",
    use: "Only the words that can be read",
    prompt:
      "Write out the text that can be read in this image, line by line and exactly as spelled. If there is none, answer: no text.",
  },
] as const satisfies readonly PromptPreset[];
