import { type FormEvent, use, useEffect, useRef, useState } from "react";
import {
  type Balance,
  type Connection,
  type ConnectionCheck,
  purseOf,
} from "#src/domain/connection.ts";
import { type ConnectionChoice, type KeyPlace, trimKey } from "#src/state/connection-store.ts";
import { useConnection, useServices } from "#src/state/services.ts";
import { Choice } from "#src/ui/choice.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { connectionName } from "./connection-button.tsx";
import { report } from "#src/sheet/tell.ts";
import { QueryClient, useQuery } from "@tanstack/react-query";
import { failureText } from "#src/domain/failure-text.ts";
import { toFailure } from "#src/domain/failure.ts";
import { formatUsd } from "#src/domain/money.ts";
import { Button } from "#src/ui/button.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";

/** How tasks reach the service: chosen, tried, and what the account holds. */
export function ConnectionDialog({ onClose }: { onClose: () => void }) {
  const { connections } = useServices();
  const choice = useConnection((state) => state.choice);
  const connection = useConnection((state) => state.connection);
  const proxies = useConnection((state) => state.proxies);
  const unreachable = useConnection((state) => state.unreachable);
  const [pageUrl] = useState(() => window.location.href);
  const chosen = chosenValue(choice, connection);
  return (
    <Dialog title="Connection" onClose={onClose}>
      <fieldset>
        <legend className="mb-2 text-xs font-semibold text-ink-2">
          How pictures and prompts reach the service
        </legend>
        <div className="space-y-2">
          {proxies.map((baseUrl) => (
            <Choice
              key={baseUrl}
              framed
              type="radio"
              name="connection"
              label={proxyName(baseUrl, pageUrl)}
              hint={proxyHint(baseUrl, connection)}
              checked={chosen === baseUrl}
              onChange={() => report(connections.choose({ kind: "proxy", baseUrl }))}
            />
          ))}
          <Choice
            framed
            type="radio"
            name="connection"
            label="Direct, with my own key"
            hint="This browser talks to Runware itself. The key never goes anywhere else."
            checked={chosen === "direct"}
            onChange={() => report(connections.choose({ kind: "direct" }))}
          />
        </div>
      </fieldset>
      {connection === null && <p className="mt-3 text-ink-2">Looking for a server…</p>}
      {unreachable && (
        <p className="mt-3 rounded bg-warn-wash px-3 py-2 text-control text-warn">
          It isn’t answering. Start it, or choose another connection.
        </p>
      )}
      {connection?.kind === "direct" && <KeyForm />}
      {connection !== null && !unreachable && (
        <ConnectionTest key={JSON.stringify(connection)} connection={connection} />
      )}
    </Dialog>
  );
}

function chosenValue(choice: ConnectionChoice, connection: Connection | null): string | null {
  if (choice.kind === "direct") return "direct";
  if (choice.kind === "proxy") return choice.baseUrl;
  if (connection === null) return null;
  return connection.kind === "direct" ? "direct" : connection.baseUrl;
}

/** The name of a proxy for the user: its host, or "This server". */
export function proxyName(baseUrl: string, pageUrl: string): string {
  const url = new URL(baseUrl, pageUrl);
  return url.origin === new URL(pageUrl).origin ? "This server" : url.host + trimPath(url.pathname);
}

function trimPath(pathname: string): string {
  return pathname.replace(/\/(api(\/v1)?\/?)?$/, "");
}

function proxyHint(baseUrl: string, connection: Connection | null): string {
  if (connection?.kind !== "proxy" || connection.baseUrl !== baseUrl)
    return "A server that passes tasks on, with its own key or as a sandbox.";
  return connection.upstream === "sandbox"
    ? `${connectionName(connection)}: no key, no cost. It measures colours and light, and makes up ages.`
    : "It has its own key and pays from that account.";
}

const TEST_TIMEOUT_MS = 15_000;

type TestState =
  | { phase: "idle" }
  | { phase: "asking" }
  | { phase: "said"; check: ConnectionCheck };

/** Tries the connection in use with one call that costs nothing, and shows what the account holds. */
function ConnectionTest({ connection }: { connection: Connection }) {
  const client = use(useServices().clients());
  const keyPlace = useConnection((state) => state.keyPlace);
  const [state, setState] = useState<TestState>({ phase: "idle" });
  const ending = useRef<AbortController | null>(null);
  useEffect(() => () => ending.current?.abort(), []);
  const canAsk = connection.kind === "proxy" || keyPlace !== null;
  const test = async (): Promise<void> => {
    ending.current?.abort();
    const controller = new AbortController();
    ending.current = controller;
    setState({ phase: "asking" });
    const limits = { signal: controller.signal, timeoutMs: TEST_TIMEOUT_MS };
    const check = await client(connection)
      .test(limits)
      .catch((error: unknown): ConnectionCheck => ({ kind: "fails", failure: toFailure(error) }));
    if (!controller.signal.aborted) setState({ phase: "said", check });
  };
  return (
    <div className="mt-5 border-t border-line pt-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        {canAsk ? <BalanceLine connection={connection} /> : <span />}
        <Button disabled={!canAsk || state.phase === "asking"} onClick={() => report(test())}>
          {state.phase === "asking" ? "Testing…" : "Test the connection"}
        </Button>
      </div>
      <output className="mt-2 block text-control">
        {state.phase === "said" &&
          (state.check.kind === "works" ? (
            <span className="text-ok">{state.check.text}</span>
          ) : (
            <span className="text-warn">{failureText(state.check.failure)}</span>
          ))}
      </output>
    </div>
  );
}

// What the service said about an account, for as long as the page is open.
const queries = new QueryClient();

const BALANCE_TIMEOUT_MS = 15_000;

/** What is left on the account behind a connection. */
function BalanceLine({ connection }: { connection: Connection }) {
  const client = use(useServices().clients())(connection);
  const { data, error, isPending } = useQuery(
    {
      queryKey: ["balance", client.connection],
      queryFn: ({ signal }) => client.balance({ signal, timeoutMs: BALANCE_TIMEOUT_MS }),
      retry: false,
      staleTime: 30_000,
    },
    queries,
  );
  return (
    <p className="text-control text-ink-2">
      {isPending && "Asking for the balance…"}
      {error !== null && "The balance could not be read."}
      {data === null && "The service doesn’t report a balance."}
      {data !== undefined && data !== null && (
        <BalanceWords balance={data} isSimulated={purseOf(connection) === "sandbox"} />
      )}
    </p>
  );
}

function BalanceWords({ balance, isSimulated }: { balance: Balance; isSimulated: boolean }) {
  const { microUsd, freeMicroUsd } = balance;
  const sum = microUsd < 0 ? `−${formatUsd(-microUsd)}` : formatUsd(microUsd);
  return (
    <>
      Balance <b className="font-semibold text-ink">{sum}</b>
      {freeMicroUsd !== null &&
        freeMicroUsd > 0 &&
        `, ${formatUsd(freeMicroUsd)} of it free credit`}
      {isSimulated && " (simulated)"}
    </>
  );
}

const PLACES = {
  memory: {
    label: "Don’t remember",
    hint: "Gone with a reload.",
    inUse: "A key is in use, until this page is reloaded.",
  },
  tab: {
    label: "Remember in this tab",
    hint: "Gone when the tab is closed.",
    inUse: "A key is in use, until this tab is closed.",
  },
  device: {
    label: "Remember on this device",
    hint: "Anyone who uses this browser profile, and any extension that reads this page, can take the key and spend from your account.",
    inUse: "A key is in use, and remembered on this device.",
  },
} as const satisfies Record<KeyPlace, unknown>;
const PLACE_NAMES = ["memory", "tab", "device"] as const;

/** Takes a key and forgets what was typed: the key goes to its place, and the field is empty again. */
function KeyForm() {
  const { connections } = useServices();
  const keyPlace = useConnection((state) => state.keyPlace);
  const [place, setPlace] = useState<KeyPlace>(keyPlace ?? "memory");
  const [error, setError] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const field = input.current;
    if (field === null) return;
    if (trimKey(field.value) === "") {
      setError("Paste your key first. Runware shows it under API keys in your account.");
      return;
    }
    connections.keepKey(field.value, place);
    // Uncontrolled, so that no state and no attribute ever holds it.
    field.value = "";
    setError(null);
    report(queries.invalidateQueries({ queryKey: ["balance"] }));
  };
  return (
    <form onSubmit={submit} className="mt-5" autoComplete="off">
      {keyPlace !== null && <KeyInUse place={keyPlace} />}
      <Field label={keyPlace === null ? "API key" : "Another API key"} error={error}>
        {(control) => (
          <div className="flex gap-2">
            <input
              {...control}
              ref={input}
              type="password"
              autoComplete="off"
              spellCheck={false}
              className={controlLook}
            />
            <Button type="submit" look={keyPlace === null ? "strong" : "ghost"}>
              Use key
            </Button>
          </div>
        )}
      </Field>
      <fieldset className="mt-3 space-y-1.5">
        <legend className="sr-only">Where the key is kept</legend>
        {PLACE_NAMES.map((each) => (
          <Choice
            key={each}
            type="radio"
            name="key-place"
            label={PLACES[each].label}
            hint={
              <span className={each === "device" && place === each ? "text-warn" : undefined}>
                {PLACES[each].hint}
              </span>
            }
            checked={place === each}
            onChange={() => {
              setPlace(each);
              // The key in use moves at once: a choice that waits for another key would do nothing.
              connections.moveKey(each);
            }}
          />
        ))}
      </fieldset>
    </form>
  );
}

function KeyInUse({ place }: { place: KeyPlace }) {
  const { connections } = useServices();
  return (
    <div className="mb-3 flex items-center justify-between gap-3 rounded bg-paper px-3 py-2">
      <p className="text-control">{PLACES[place].inUse}</p>
      <Button
        look="careful"
        onClick={() => {
          connections.forgetKey();
          queries.removeQueries({ queryKey: ["balance"] });
        }}
      >
        Forget the key
      </Button>
    </div>
  );
}
