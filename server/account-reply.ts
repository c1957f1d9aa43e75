import * as v from "valibot";

/**
 * Cuts the answer to an `accountManagement` task down to the balance: the service sends the names and e-mail
 * addresses of the whole team along with it. Errors keep what a person needs to mend them.
 * @returns null where the body is not the service's JSON, and so can't be vouched for.
 */
export function reduceAccountReply(body: Buffer): Buffer | null {
  const reply = readReply(body);
  if (reply === null) return null;
  const { data, errors, error } = reply;
  return Buffer.from(
    JSON.stringify({
      ...(data && { data: data.map((item) => v.parse(accountItem, item)) }),
      ...(errors && { errors: errors.map((item) => v.parse(errorItem, item)) }),
      ...(error && { error }),
    }),
  );
}

/** Whether a reply holds an account's answer, as one to a look-up of an earlier account task could. */
export function holdsAccount(body: Buffer): boolean {
  const items = readReply(body)?.data ?? [];
  return items.some((item) => item["taskType"] === "accountManagement" || "balance" in item);
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

const errorItem = v.object({
  code: soft,
  message: soft,
  parameter: soft,
  taskType: soft,
  taskUUID: soft,
});

const accountReply = v.object({
  data: list,
  errors: list,
  error: v.optional(v.union([v.string(), errorItem])),
});

const amount = v.fallback(v.optional(v.number()), undefined);

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

function readReply(body: Buffer): v.InferOutput<typeof accountReply> | null {
  try {
    const read = v.safeParse(accountReply, JSON.parse(body.toString("utf8")));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}
