import * as v from "valibot";

/**
 * Cuts the answer to an `accountManagement` task down to the balance: the service also sends the names and
 * e-mail addresses of the whole team. Errors keep what the user needs to put things right.
 * @param value The reply's JSON.
 * @returns null if it does not have the shape of a reply, and so can't be vouched for.
 */
export function reduceAccountReply(value: unknown): object | null {
  return reduce(value, accountItem);
}

/**
 * Cuts the answer to a `getResponse` task down to the fields that answers to the app's tasks have. A look-up finds
 * whatever task has the id, and that may be an operator's own account request.
 * @returns null if the value does not have the shape of a reply.
 */
export function reduceLookUpReply(value: unknown): object | null {
  return reduce(value, v.union([accountAnswer, answerItem]));
}

/** Whether a reply to other tasks holds an account's answer after all. */
export function holdsAccount(value: unknown): boolean {
  const read = v.safeParse(reply, value);
  return read.success && (read.output.data ?? []).some((item) => v.is(accountAnswer, item));
}

function reduce(value: unknown, item: v.GenericSchema<unknown, object>): object | null {
  const read = v.safeParse(reply, value);
  if (!read.success) return null;
  const { data, errors, error } = read.output;
  return {
    ...(data && { data: data.map((entry) => v.parse(item, entry)) }),
    ...(errors && { errors: errors.map((entry) => v.parse(errorItem, entry)) }),
    ...(error && { error }),
  };
}

const entry = v.record(v.string(), v.unknown());
const list = v.optional(
  v.union([
    v.array(entry),
    v.pipe(
      entry,
      v.transform((one) => [one]),
    ),
  ]),
);
const soft = v.fallback(v.optional(v.string()), undefined);
const amount = v.fallback(v.optional(v.number()), undefined);

const errorItem = v.object({
  code: soft,
  message: soft,
  parameter: soft,
  taskType: soft,
  taskUUID: soft,
});

const reply = v.object({
  data: list,
  errors: list,
  error: v.optional(v.union([v.string(), errorItem])),
});

const accountItem = v.object({
  taskType: soft,
  taskUUID: soft,
  balance: v.fallback(
    v.optional(
      v.union([v.number(), v.object({ amount: v.number(), freeBalance: amount, currency: soft })]),
    ),
    undefined,
  ),
});

/** An item that belongs to an account, by its type or by what it holds, cut down to the balance. */
const accountAnswer = v.pipe(
  entry,
  v.check((item) => item["taskType"] === "accountManagement" || "balance" in item),
  accountItem,
);

const answerItem = v.object({
  taskType: soft,
  taskUUID: soft,
  status: soft,
  text: soft,
  structuredData: v.fallback(
    v.optional(v.object({ ageGroup: soft, confidence: amount })),
    undefined,
  ),
  cost: amount,
  imageUUID: soft,
  imageURL: soft,
  mediaUUID: soft,
  mediaURL: soft,
  error: v.fallback(v.optional(v.union([v.string(), errorItem])), undefined),
});
