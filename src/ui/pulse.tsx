import { classNames } from "#src/lib/class-names.ts";

/** A line with a light running along it: something is under way. It is decoration; say in words what is under way. */
export function Pulse({ className }: { className?: string }) {
  return (
    <div aria-hidden="true" className={classNames("pulse h-0.75 max-w-80 rounded-xs", className)} />
  );
}
