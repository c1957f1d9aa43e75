import type { ReactNode } from "react";

/** A page that replaces everything, and says in words what to do. */
export function WholePage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center bg-paper px-5 py-10">
      <div className="w-full max-w-xl rounded-lg border border-line bg-sheet px-7 py-8">
        <BrandMark />
        <h1 className="mt-5 mb-3 text-xl font-semibold tracking-tight">{title}</h1>
        <div className="with-code space-y-3 text-caption text-ink-2">{children}</div>
      </div>
    </main>
  );
}

/** Three frames of film, one of them ringed in red pencil. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 26 18" width="26" height="18" aria-hidden="true" className="shrink-0">
      <rect width="26" height="18" rx="3" className="fill-film" />
      <rect x="3" y="4" width="5.4" height="10" rx="1" className="fill-edge" />
      <ellipse
        cx="13"
        cy="9"
        rx="3.1"
        ry="5.2"
        transform="rotate(-5 13 9)"
        className="fill-none stroke-pencil"
        strokeWidth="1.5"
      />
      <rect x="17.6" y="4" width="5.4" height="10" rx="1" className="fill-edge" />
    </svg>
  );
}
