interface Waits {
  callbacks: Set<() => void>;
  listener: () => void;
}

const waitsFor = new WeakMap<AbortSignal, Waits>();

/**
 * Calls back once if the signal aborts from now on; returns the function that ends that. However many wait for one
 * signal, it has one listener, and none once nobody waits: every task of a run waits for the same one.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const { callbacks, listener } = waitsFor.get(signal) ?? listenTo(signal);
  // A function that is given twice is called twice.
  const own = (): void => callback();
  callbacks.add(own);
  return () => {
    callbacks.delete(own);
    if (callbacks.size > 0 || waitsFor.get(signal)?.callbacks !== callbacks) return;
    signal.removeEventListener("abort", listener);
    waitsFor.delete(signal);
  };
}

function listenTo(signal: AbortSignal): Waits {
  const callbacks = new Set<() => void>();
  const listener = (): void => {
    waitsFor.delete(signal);
    for (const callback of callbacks) callback();
  };
  const waits = { callbacks, listener };
  waitsFor.set(signal, waits);
  signal.addEventListener("abort", listener, { once: true });
  return waits;
}
