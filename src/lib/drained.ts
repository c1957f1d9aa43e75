/** For tests: the result of work that is cut into steps, done in one go. */
export function drained<Result>(steps: Generator<undefined, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
