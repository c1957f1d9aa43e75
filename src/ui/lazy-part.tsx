import { useEffect, useState, type ComponentType, type ReactNode } from "react";
import { loadOnce } from "#src/lib/load-once.ts";
import { Button } from "./button.tsx";

interface PartOptions<Props> {
  /** Shown until the part is there; a function is given the part's own props. */
  waiting?: ReactNode | ((props: Props) => ReactNode);
  /** Shown instead of the message if the part doesn't load; for parts that the page can do without. */
  broken?: ReactNode;
  /**
   * For a part that covers the page: closes it again. The message then also covers the page, until it is dismissed. As
   * long as it loads, and nothing else is waiting to be seen, keys don’t act on what it will cover.
   */
  giveUp?: (props: Props) => void;
}

/**
 * A component with its own chunk, fetched when it is first rendered. Use this, never React's `lazy`, which keeps a
 * failed import for the life of the page: here a failure is shown, and "Try again" imports again. Browsers from before
 * mid-2026 keep a failed module by its address (whatwg/html#10327), and after a new deployment the old chunks are gone;
 * for both the message offers a reload as well.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { waiting, broken, giveUp }: PartOptions<Props> = {},
): ComponentType<Props> {
  let known: ComponentType<Props> | null = null;
  const get = loadOnce(load);
  return function LazyPart(props: Props) {
    const [Part, setPart] = useState(() => known);
    const [tries, setTries] = useState({ begun: 1, failed: 0 });
    const [isGivenUp, setGivenUp] = useState(false);
    const isWaiting = Part === null && tries.failed < tries.begun;
    useEffect(() => {
      if (!isWaiting) return undefined;
      let isGone = false;
      get().then(
        (loaded) => {
          known = loaded;
          if (!isGone) setPart(() => loaded);
        },
        () => {
          if (!isGone) setTries(({ begun }) => ({ begun, failed: begun }));
        },
      );
      return () => {
        isGone = true;
      };
    }, [isWaiting]);
    if (Part !== null) return <Part {...props} />;
    if (isWaiting)
      return typeof waiting === "function"
        ? waiting(props)
        : (waiting ?? (giveUp && <span hidden data-covers />));
    if (broken !== undefined || isGivenUp) return broken;
    return (
      <NotLoaded
        isFirst={tries.failed === 1}
        onRetry={() => setTries(({ begun, failed }) => ({ begun: begun + 1, failed }))}
        onGiveUp={
          giveUp &&
          (() => {
            setGivenUp(true);
            giveUp(props);
          })
        }
      />
    );
  };
}

interface NotLoadedProps {
  isFirst: boolean;
  onRetry: () => void;
  onGiveUp: (() => void) | undefined;
}

function NotLoaded({ isFirst, onRetry, onGiveUp }: NotLoadedProps) {
  return (
    <div
      role="alert"
      className={
        onGiveUp === undefined
          ? "max-w-xl p-4"
          : "fixed inset-x-3 bottom-20 z-50 mx-auto max-w-xl rounded-lg border border-line bg-sheet p-4 shadow-lg"
      }
    >
      <p className="mb-3">
        {isFirst
          ? "This part of the app did not load. Nothing is lost."
          : "It still doesn’t load. If the app was updated since you opened it, a reload gets the new version. What you typed is kept."}
      </p>
      <div className="flex flex-wrap gap-2.5">
        <Button look={isFirst ? "strong" : "ghost"} onClick={onRetry}>
          Try again
        </Button>
        <Button look={isFirst ? "ghost" : "strong"} onClick={() => window.location.reload()}>
          Reload the page
        </Button>
        {onGiveUp !== undefined && <Button onClick={onGiveUp}>Not now</Button>}
      </div>
    </div>
  );
}
