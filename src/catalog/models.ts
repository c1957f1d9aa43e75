import type { MicroUsd } from "#src/domain/money.ts";

/** What the app knows of one model. Prices are published ones, in micro-dollars for one image. */
export interface Model {
  /** AIR id, as the service knows it. */
  id: string;
  name: string;
  /** For narrow columns and run bars. */
  shortName: string;
  answers: "text" | "age";
  /** Whether a prompt has an effect; false disables the prompt and gives `promptNote` as the reason. */
  takesPrompt: boolean;
  promptNote: string | null;
  price: { low: MicroUsd; high: MicroUsd };
  advice: string;
  /** The longest side worth sending, in pixels, with the reason. */
  side: { pixels: 512 | 768 | 1024 | 1536; source: string };
  /** The groups an age model answers with, youngest first; empty for text models. */
  ageLabels: readonly string[];
}
