import type { ReactNode } from "react";
import type { Failure } from "#src/domain/failure.ts";
import { failureText } from "#src/domain/failure-text.ts";
import { classNames } from "#src/lib/class-names.ts";

interface FailureLineProps {
  failure: Failure;
  /** What the sentence begins with: "Not captioned." */
  lead?: string;
  className?: string;
  /** Comes after the sentence, on its own line. */
  children?: ReactNode;
}

/** Why something has no answer, in amber-brown, with what to do about it. */
export function FailureLine({ failure, lead, className, children }: FailureLineProps) {
  return (
    <div className={classNames("text-warn", className)}>
      <p className="max-w-[74ch] text-pretty wrap-anywhere">
        {lead === undefined ? "" : `${lead} `}
        {failureText(failure)}
      </p>
      {children}
    </div>
  );
}
