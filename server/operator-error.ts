/**
 * A fault that only the person who starts the server can fix. Its message is one sentence that says what to
 * do.
 */
export class OperatorError extends Error {
  override readonly name = "OperatorError";
}
