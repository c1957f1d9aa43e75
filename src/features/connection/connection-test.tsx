import { useQuery } from "@tanstack/react-query";
import { use, useEffect, useRef, useState } from "react";
import type { Balance, ConnectionCheck } from "#src/domain/connection-check.ts";
import type { Connection } from "#src/domain/connection.ts";
import { failureText } from "#src/domain/failure-text.ts";
import { toFailure } from "#src/domain/failure.ts";
import { formatUsd } from "#src/domain/money.ts";
import { report } from "#src/sheet/tell.ts";
import { balanceQuery } from "#src/state/queries.ts";
import { useServices, useConnection } from "#src/state/services.ts";
import { Button } from "#src/ui/button.tsx";

const TEST_TIMEOUT_MS = 15_000;

type TestState =
  | { phase: "idle" }
  | { phase: "asking" }
  | { phase: "said"; check: ConnectionCheck };

/** Tries the connection in use with one call that costs nothing, and shows what the account holds. */
export function ConnectionTest({ connection }: { connection: Connection }) {
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
        {state.phase === "said" && <CheckText check={state.check} />}
      </output>
    </div>
  );
}

function CheckText({ check }: { check: ConnectionCheck }) {
  return check.kind === "works" ? (
    <span className="text-ok">{check.text}</span>
  ) : (
    <span className="text-warn">{failureText(check.failure)}</span>
  );
}

function BalanceLine({ connection }: { connection: Connection }) {
  const services = useServices();
  const client = use(services.clients());
  const queries = use(services.queries());
  const { data, error, isPending } = useQuery(balanceQuery(client(connection)), queries);
  return (
    <p className="text-control text-ink-2">
      {isPending && "Asking for the balance…"}
      {error !== null && "The balance could not be read."}
      {data === null && "The service does not tell the balance."}
      {data !== undefined && data !== null && (
        <BalanceWords balance={data} simulated={isSandbox(connection)} />
      )}
    </p>
  );
}

function BalanceWords({ balance, simulated }: { balance: Balance; simulated: boolean }) {
  const { microUsd, freeMicroUsd } = balance;
  const sum = microUsd < 0 ? `−${formatUsd(-microUsd)}` : formatUsd(microUsd);
  return (
    <>
      Balance <b className="font-semibold text-ink">{sum}</b>
      {freeMicroUsd !== null && freeMicroUsd > 0 && `, ${formatUsd(freeMicroUsd)} of it given`}
      {simulated && " (simulated)"}
    </>
  );
}

function isSandbox(connection: Connection): boolean {
  return connection.kind === "proxy" && connection.upstream === "sandbox";
}
