/** A text as it was written, with every kind of line break as "\n", and without other control characters. */
export function withLines(text: string): string {
  return (
    text
      .replaceAll(/\r\n?|[\u0085\u2028\u2029]/gu, "\n")
      // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
      .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/gu, " ")
      .trim()
  );
}
