/**
 * Room in memory for bodies. If there is none, a body waits for its turn, in the order of arrival.
 */
export class BodyRoom {
  readonly #mostBytes: number;
  readonly #mostWaiting: number;
  readonly #waiting: { bytes: number; enter: () => void }[] = [];
  #bytes = 0;

  /** @param mostWaiting How many may wait. More are turned away, so that the queue is bounded too. */
  constructor(mostBytes: number, mostWaiting: number) {
    this.#mostBytes = mostBytes;
    this.#mostWaiting = mostWaiting;
  }

  /** Resolves once there is room for a body, with the function that gives the room back; null if too many wait. */
  async enter(bytes: number): Promise<(() => void) | null> {
    if (this.#waiting.length > 0 || !this.#hasRoomFor(bytes)) {
      if (this.#waiting.length >= this.#mostWaiting) return null;
      await new Promise<void>((resolve) => {
        this.#waiting.push({ bytes, enter: resolve });
      });
    } else this.#bytes += bytes;
    return () => {
      this.#leave(bytes);
    };
  }

  #leave(bytes: number): void {
    this.#bytes -= bytes;
    for (
      let next = this.#waiting[0];
      next && this.#hasRoomFor(next.bytes);
      [next] = this.#waiting
    ) {
      this.#waiting.shift();
      this.#bytes += next.bytes;
      next.enter();
    }
  }

  /** A body that is alone is taken whatever its size. */
  #hasRoomFor(bytes: number): boolean {
    return this.#bytes === 0 || this.#bytes + bytes <= this.#mostBytes;
  }
}
