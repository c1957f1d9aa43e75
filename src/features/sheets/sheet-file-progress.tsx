import { useEffect, useRef } from "react";
import { formatBytes } from "#src/lib/format-bytes.ts";
import type { SheetFileWork } from "#src/state/sheet-file-work.ts";
import { Button } from "#src/ui/button.tsx";
import { ProgressBar } from "#src/ui/progress-bar.tsx";

function amount({ of }: NonNullable<SheetFileWork["progress"]>, count: number): string {
  return of === "bytes" ? formatBytes(count) : count.toLocaleString("en");
}

/** How far saving or opening a sheet's file is, and the way out of it. */
export function SheetFileProgress({ work }: { work: SheetFileWork }) {
  const { kind, name, progress } = work;
  const cancel = useRef<HTMLButtonElement>(null);
  // What had the focus is gone while this is here.
  useEffect(() => cancel.current?.focus(), []);
  const doing = kind === "saving" ? `Saving “${name}”` : `Opening ${name}`;
  const { done, total } = progress ?? { done: 0, total: 0 };
  const text =
    progress === null
      ? "Reading…"
      : `${amount(progress, done)} of ${amount(progress, total)} ${progress.of === "bytes" ? "of rows" : "pictures"}`;
  return (
    <div className="py-2">
      <p className="mb-2.5 font-medium wrap-anywhere">{doing}</p>
      <ProgressBar label={doing} total={total} parts={[{ count: done, tone: "ink" }]} text={text} />
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
        <p className="figures text-ink-2">{text}</p>
        <Button ref={cancel} onClick={work.cancel}>
          Cancel
        </Button>
      </div>
      <p className="mt-3 text-xs text-ink-2">
        You can close this and go on: the work goes on too, as long as this page stays open.
      </p>
    </div>
  );
}
