/** The title of the tab while a sheet with this name is open. */
export function titleOf(sheetName: string): string {
  return `${sheetName} · Contact Sheet`;
}
