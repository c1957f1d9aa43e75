import { type ReactNode, type Ref, useLayoutEffect, useMemo, useRef, useState } from "react";
import { deskOf } from "#src/features/caption/desk.ts";
import { captionView, type ReadyChanges } from "#src/features/caption/view-state.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { report } from "#src/sheet/tell.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { ChangesReview } from "./changes-review.tsx";
import { applyChanges, changeKey, changeRows } from "./preview.ts";

interface ChangesDialogProps {
  ready: ReadyChanges;
  onClose: () => void;
}

/** A preview that something else has made: every change, word by word, before any is written. */
export function ChangesDialog({ ready, onClose }: ChangesDialogProps) {
  const open = useOpenSheet();
  const fields = useSheet((state) => state.sheet.fields);
  const { title, changes, doing, back = null } = ready;
  const rows = useMemo(() => changeRows(changes, fields), [changes, fields]);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = rows.filter((row) => !left.has(changeKey(row)));
  const close = () => (back === null ? onClose() : captionView(open).setState({ dialog: back }));
  const strong = useRef<HTMLButtonElement>(null);
  // There is nothing to fill in: what is left to do is to make them.
  useLayoutEffect(() => strong.current?.focus(), []);
  const apply = () => {
    if (chosen.length === 0) return;
    close();
    report(applyChanges({ open, standings: deskOf(open).standings }, chosen, doing));
  };
  return (
    <Dialog
      title={title}
      width="wide"
      onClose={close}
      footer={<ApplyButtons count={chosen.length} onClose={close} onApply={apply} ref={strong} />}
    >
      <ApplyKey onApply={apply}>
        <ChangesReview
          heading={
            rows.length === 0
              ? "Nothing would change"
              : `${counted(rows.length, "text")} will change`
          }
          rows={rows}
          left={left}
          onLeave={setLeft}
        />
      </ApplyKey>
    </Dialog>
  );
}

interface ApplyButtonsProps {
  /** Texts that will change. */
  count: number;
  verb?: string;
  onClose: () => void;
  onApply: () => void;
  /** The button that writes it. */
  ref?: Ref<HTMLButtonElement>;
}

/** Closes a preview, or writes it. */
export function ApplyButtons(props: ApplyButtonsProps) {
  const { count, verb = "Change", onClose, onApply, ref } = props;
  return (
    <ApplyKey onApply={onApply} className="contents">
      <p className="mr-auto text-xs text-ink-2">
        {count > 0 &&
          `One undo takes ${count === 1 ? "it" : count === 2 ? "both" : `all ${grouped(count)}`} back.`}
      </p>
      <Button onClick={onClose}>Cancel</Button>
      <Button
        look="strong"
        keys="$mod+Enter"
        ref={ref}
        aria-disabled={count === 0}
        onClick={onApply}
      >
        {`${verb} ${counted(count, "text")}`}
      </Button>
    </ApplyKey>
  );
}

interface ApplyKeyProps {
  onApply: () => void;
  className?: string;
  children: ReactNode;
}

/** Writes a preview by Ctrl+Enter from anywhere in it. */
export function ApplyKey({ onApply, className, children }: ApplyKeyProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the key of a button that is beside it
    <div
      className={className}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        onApply();
      }}
    >
      {children}
    </div>
  );
}
