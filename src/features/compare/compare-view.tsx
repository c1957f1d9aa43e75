/** What Compare will do, until it is built. */
export function CompareView() {
  return (
    <section className="mx-auto max-w-2xl px-5 py-16">
      <h2 className="mb-3 text-xl font-semibold tracking-tight">Compare</h2>
      <p className="mb-3 text-caption text-ink-2">
        Models and prompts side by side, on the pictures of this sheet: up to six columns, with what
        each answer cost and how long it took, words that only one column says, blind votes by
        keyboard, and a ranking that says how sure it is.
      </p>
      <p className="text-caption text-ink-2">
        It is not built yet. Answers you ask for in Caption now will fill its columns.
      </p>
    </section>
  );
}
