/**
 * Closes an exhaustive switch: it does not compile while a case is missing, and throws if data broke its type.
 */
export function assertNever(value: never): never {
  throw new Error(`Unexpected case: ${JSON.stringify(value)}`);
}
