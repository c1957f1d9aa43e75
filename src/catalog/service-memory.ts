/**
 * How long after its first doubtful try a task may be sent again under its id, in milliseconds. The service refuses an
 * id that is in use (`conflictTaskUUID`, seen with status 400), but its documentation does not say for how long an id
 * counts as such. Ten minutes are our guess: longer than the slowest task seen, and short compared with any store that
 * keeps answers for look-ups. If a service forgets ids sooner, it does the work, and charges, a second time within
 * them.
 */
const SEND_AGAIN_WITHIN_MS = 600_000;

/**
 * True while the service can be expected to know an id that it may have been sent at `firstSentAt`; epoch
 * milliseconds.
 */
export function maySendAgain(firstSentAt: number | null, now: number): boolean {
  return firstSentAt === null || now - firstSentAt <= SEND_AGAIN_WITHIN_MS;
}
