import * as v from "valibot";

/**
 * Cuts the answer to an `accountManagement` task down to the balance: the service sends the names and e-mail
 * addresses of the whole team along with it. Errors keep what a person needs to mend them.
 * @param value The reply's JSON.
 * @returns null where it has not the shape of a reply, and so can't be vouched for.
 */
export function reduceAccountReply(value: unknown): object | null {
  return reduce(value, accountItem);
}

/**
 * Cuts the answer to a `getResponse` task down to what answers of the app's tasks hold. A look-up finds whatever task
 * has the id, an operator's own request for the account too.
 * @returns null where the value has not the shape of a reply.
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

/** An item that is an account's, by its type or by what it holds, cut down to the balance. */
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
