/** What Age check will do, until it is built. */
export function AgeCheckView() {
  return (
    <section className="mx-auto max-w-2xl px-5 py-16">
      <h2 className="mb-3 text-xl font-semibold tracking-tight">Age check</h2>
      <p className="mb-3 text-caption text-ink-2">
        A spot check of age detectors: look at a face, say what is true, and learn how often, where
        and how surely a model is wrong, each figure with its interval.
      </p>
      <p className="text-caption text-ink-2">
        It is not built yet. An age model chosen in Caption already answers with badges, and Age
        check will take those answers up.
      </p>
    </section>
  );
}
