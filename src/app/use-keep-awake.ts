import { useEffect } from "react";

/** Keeps the machine awake while wanted. The browser takes the lock back from a hidden page, so it is asked for anew. */
export function useKeepAwake(wanted: boolean): void {
  useEffect(() => {
    if (!wanted || !("wakeLock" in navigator)) return undefined;
    let left = false;
    let lock: WakeLockSentinel | null = null;
    const take = async (): Promise<void> => {
      if (document.visibilityState !== "visible") return;
      try {
        const taken = await navigator.wakeLock.request("screen");
        if (left) await taken.release();
        else lock = taken;
      } catch {
        // A low battery or a policy may refuse; the run goes on without it.
      }
    };
    const retake = (): void => void take();
    void take();
    document.addEventListener("visibilitychange", retake);
    return () => {
      left = true;
      document.removeEventListener("visibilitychange", retake);
      void lock?.release();
    };
  }, [wanted]);
}
