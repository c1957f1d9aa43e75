import { type Connection, purseOf } from "#src/domain/connection.ts";
import { classNames } from "#src/lib/class-names.ts";
import type { ConnectionState } from "#src/state/connection-store.ts";
import { useConnection } from "#src/state/services.ts";

/** Says which connection is in use, and opens its dialog. */
export function ConnectionButton({ onOpen }: { onOpen: () => void }) {
  const connection = useConnection((state) => state.connection);
  const trouble = useConnection(connectionTrouble);
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={onOpen}
      className="inline-flex shrink-0 items-center gap-1.75 rounded-full border border-line-2 px-2.5 py-1 text-[0.78125rem] whitespace-nowrap hover:bg-paper pointer-coarse:min-h-10"
    >
      <span
        aria-hidden="true"
        className={classNames(
          "size-1.75 rounded-full",
          connection === null && "bg-line-2",
          connection !== null && (trouble === null ? DOTS[purseOf(connection)] : "bg-warn"),
        )}
      />
      <span className="sr-only">Connection: </span>
      {connection === null ? "Connecting…" : <ConnectionName name={connectionName(connection)} />}
      {trouble !== null && <span className="text-warn">{` · ${trouble}`}</span>}
    </button>
  );
}

const DOTS = { sandbox: "bg-edge", runware: "bg-ok" } as const;

/** On a phone the words in brackets are only for assistive technology; the answers say it too. */
function ConnectionName({ name }: { name: string }) {
  const [word, aside] = name.split(/ (?=\()/);
  return (
    <span>
      {word}
      {aside !== undefined && <span className="max-sm:sr-only"> {aside}</span>}
    </span>
  );
}

/** A connection in a word or two, for the header. */
export function connectionName(connection: Connection): string {
  if (connection.kind === "direct") return "Direct";
  return connection.upstream === "sandbox" ? "Sandbox (simulated)" : "Proxy";
}

/** What keeps the connection in use from working, in a few words; null if nothing is known to. */
export function connectionTrouble(
  state: Pick<ConnectionState, "connection" | "unreachable" | "keyPlace">,
): string | null {
  if (state.unreachable) return "not answering";
  if (state.connection?.kind === "direct" && state.keyPlace === null) return "no key";
  return null;
}
