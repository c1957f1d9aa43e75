/** What the tab is called while a sheet of this name is open. */
export function titleOf(sheetName: string): string {
  return `${sheetName} · Contact Sheet`;
}
