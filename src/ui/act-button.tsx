import type { ReactNode } from "react";
import type { Act } from "./acts.ts";
import { Button, type ButtonProps } from "./button.tsx";

interface ActButtonProps<Context> {
  act: Act<Context>;
  /** What it acts on. */
  on: Context;
  look?: NonNullable<ButtonProps["look"]>;
  /** Words other than the act’s own, for a place that says the rest. */
  children?: ReactNode;
}

/** A button that does what an act says, with the first of its keys printed on it. */
export function ActButton<Context>({ act, on, look = "ghost", children }: ActButtonProps<Context>) {
  return (
    <Button look={look} keys={act.keys[0]} onClick={() => act.run(on)}>
      {children ?? act.label}
    </Button>
  );
}
