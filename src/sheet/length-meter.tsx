import { Meter } from "#src/ui/meter.tsx";

// Screen readers read in runs of about 125 characters; IPTC's alt text field holds 250.
const GOOD_CHARACTERS = 125;
const MOST_CHARACTERS = 250;

/** The length of a caption, compared with what alt text should be. */
export function LengthMeter({ text }: { text: string }) {
  const characters = text.length;
  const words =
    characters <= GOOD_CHARACTERS
      ? `${characters} characters`
      : characters <= MOST_CHARACTERS
        ? `${characters} characters, longer than the ${GOOD_CHARACTERS} usual for alt text`
        : `${characters} characters, more than the ${MOST_CHARACTERS} an alt text field holds`;
  return (
    <span className="inline-flex items-center gap-1.5" title={words}>
      <Meter
        label="Length"
        share={characters / MOST_CHARACTERS}
        text={words}
        tone={characters > MOST_CHARACTERS ? "warn" : characters > GOOD_CHARACTERS ? "ink" : "ok"}
        className="inline-block h-0.75 w-11.5"
      />
      {characters.toLocaleString("en-US")} ch
    </span>
  );
}
