/**
 * How long after its first doubtful try a task may be sent again under its id, in milliseconds. The service refuses an
 * id that is in use (`conflictTaskUUID`, seen with status 400), but its documentation does not say for how long an id
 * counts as such. Ten minutes are our guess: longer than the slowest task that was seen, and short beside any store that
 * keeps answers for look-ups. A service that forgets ids sooner works, and charges, a second time within them.
 */
const SEND_AGAIN_WITHIN_MS = 600_000;

/** True while the service is taken to know an id that it may have been sent at `firstSentAt`; epoch milliseconds. */
export function maySendAgain(firstSentAt: number | null, now: number): boolean {
  return firstSentAt === null || now - firstSentAt <= SEND_AGAIN_WITHIN_MS;
}
