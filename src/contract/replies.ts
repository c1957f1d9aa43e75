import * as v from "valibot";

// Lenient throughout: it lists only what is read, anything may be missing or null, and the rest is ignored. A merely
// informative field (a cost, a confidence) falls back to unknown, so that an odd form never loses a paid answer.

const text = v.nullish(v.string());
const softText = v.fallback(text, null);
const softNumber = v.fallback(v.nullish(v.number()), null);

/** One error, wherever it is in a reply. A bare string is taken for its message. */
export const errorItem = v.union([
  v.pipe(
    v.string(),
    v.transform((message) => ({ code: null, message, parameter: null, taskUUID: null })),
  ),
  v.object({
    code: v.fallback(
      v.nullish(v.union([v.string(), v.pipe(v.number(), v.transform(String))])),
      null,
    ),
    message: softText,
    /** Several parameters are joined into one text. */
    parameter: v.fallback(
      v.nullish(
        v.union([
          v.string(),
          v.pipe(
            v.array(v.string()),
            v.transform((names) => names.join(", ")),
          ),
        ]),
      ),
      null,
    ),
    taskUUID: softText,
  }),
]);

/** One task's entry in `data`, for a caption, a look-up, an upload or an account; the asker knows which. */
export const dataItem = v.object({
  taskUUID: softText,
  /** "processing", "success" or "error" if the service says so. */
  status: softText,
  error: v.nullish(errorItem),
  text,
  structuredData: v.nullish(v.object({ ageGroup: text, confidence: softNumber })),
  cost: softNumber,
  /** US dollars: a number in 2025, amounts by kind in 2026. */
  balance: v.fallback(
    v.nullish(
      v.union([
        v.pipe(
          v.number(),
          v.transform((amount) => ({ amount, freeBalance: null, currency: null })),
        ),
        v.object({ amount: v.number(), freeBalance: softNumber, currency: softText }),
      ]),
    ),
    null,
  ),
  imageUUID: softText,
  imageURL: softText,
  mediaUUID: softText,
  mediaURL: softText,
});

const listOrOne = v.fallback(
  v.nullish(
    v.union([
      v.array(v.unknown()),
      v.pipe(
        v.record(v.string(), v.unknown()),
        v.transform((one): unknown[] => [one]),
      ),
    ]),
  ),
  null,
);

/** A whole reply. Its entries stay unparsed here, so that one odd entry does not lose the others. */
export const replyEnvelope = v.object({
  data: listOrOne,
  errors: listOrOne,
  /** The one-error form, `{"error": {…}}` or `{"error": "…"}`. */
  error: v.nullish(v.unknown()),
});

export type ErrorItem = v.InferOutput<typeof errorItem>;
export type DataItem = v.InferOutput<typeof dataItem>;
