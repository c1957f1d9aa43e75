import { classNames } from "#src/lib/class-names.ts";

interface MeterProps {
  /** Accessible name. */
  label: string;
  /** 0–1; more is drawn as full. */
  share: number;
  /** The value in words, for assistive technology. */
  text: string;
  tone?: "ink" | "ok" | "warn";
  className?: string;
}

const TONES = { ink: "bg-ink", ok: "bg-ok", warn: "bg-warn" } as const;

/** A thin bar that shows a share of something. */
export function Meter({ label, share, text, tone = "ink", className }: MeterProps) {
  const bounded = Math.min(1, Math.max(0, share));
  return (
    <div className={classNames("relative h-1 overflow-hidden rounded-xs bg-line", className)}>
      {/* The native element speaks, the drawn one shows: no browser lets its own be styled like the rest. */}
      <meter className="sr-only" aria-label={label} aria-valuetext={text} value={bounded}>
        {text}
      </meter>
      <div
        aria-hidden="true"
        className={classNames("h-full", TONES[tone])}
        style={{ width: `${bounded * 100}%` }}
      />
    </div>
  );
}
