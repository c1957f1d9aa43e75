import { classNames } from "#src/lib/class-names.ts";

const TONES = {
  ink: "bg-ink",
  quiet: "bg-ink-2",
  warn: "bg-warn",
  ok: "bg-ok",
  /** For what the user marked alone. */
  pencil: "bg-pencil",
} as const;

interface MeterProps {
  /** Accessible name. */
  label: string;
  /** 0–1; more is drawn as full. */
  share: number;
  /** The value in words, for assistive technology. */
  text: string;
  tone?: keyof typeof TONES;
  className?: string;
}

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

interface ProgressBarProps extends Pick<MeterProps, "label" | "text" | "className"> {
  total: number;
  /** Drawn from the left, in this order; each tone once. */
  parts: readonly { count: number; tone: keyof typeof TONES }[];
}

/** How far something is, in parts of different kinds. */
export function ProgressBar({ label, total, parts, text, className }: ProgressBarProps) {
  const done = parts.reduce((sum, part) => sum + part.count, 0);
  return (
    <div className={classNames("relative h-1.5 overflow-hidden rounded-[3px] bg-line", className)}>
      <progress
        className="sr-only"
        aria-label={label}
        aria-valuetext={text}
        max={Math.max(1, total)}
        value={done}
      >
        {text}
      </progress>
      <div aria-hidden="true" className="flex h-full">
        {parts.map((part) => (
          <div
            key={part.tone}
            className={TONES[part.tone]}
            style={{ width: total === 0 ? "0%" : `${(part.count / total) * 100}%` }}
          />
        ))}
      </div>
    </div>
  );
}
