import type { ReactNode } from "react";
import { BrandMark } from "./brand.tsx";

/** A page that replaces everything, and says in words what to do. */
export function WholePage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center bg-paper px-5 py-10">
      <div className="w-full max-w-xl rounded-lg border border-line bg-sheet px-7 py-8">
        <BrandMark />
        <h1 className="mt-5 mb-3 text-xl font-semibold tracking-tight">{title}</h1>
        <div className="space-y-3 text-caption text-ink-2 [&_code]:rounded-xs [&_code]:bg-paper [&_code]:px-1 [&_code]:font-mono [&_code]:text-control [&_code]:text-ink">
          {children}
        </div>
      </div>
    </main>
  );
}
