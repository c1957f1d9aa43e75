/**
 * Makes something when it is first asked for, and only once. A failure is not kept: the next caller begins again, so
 * one lost chunk doesn't stay lost. `made` is the promise so far; null if nothing was asked for, or the last one
 * failed.
 */
export function loadOnce<Made>(
  make: () => Promise<Made>,
): (() => Promise<Made>) & { made: () => Promise<Made> | null } {
  let made: Promise<Made> | null = null;
  const get = (): Promise<Made> => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
  return Object.assign(get, { made: () => made });
}
