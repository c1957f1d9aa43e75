import { useState } from "react";
import type { Connection } from "#src/domain/connection.ts";
import type { ConnectionChoice } from "#src/state/connection-store.ts";
import { useServices, useConnection } from "#src/state/services.ts";
import { Choice } from "#src/ui/choice.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { ConnectionTest } from "./connection-test.tsx";
import { connectionName, proxyName } from "./connection-words.ts";
import { KeyForm } from "./key-form.tsx";
import { report } from "#src/sheet/tell.ts";

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
      {connection === null && <p className="mt-3 text-ink-2">Asking who is there…</p>}
      {unreachable && (
        <p className="mt-3 rounded bg-warn-wash px-3 py-2 text-control text-warn">
          It does not answer. Start it, or choose another way.
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

function proxyHint(baseUrl: string, connection: Connection | null): string {
  if (connection?.kind === "proxy" && connection.baseUrl === baseUrl) {
    return connection.upstream === "sandbox"
      ? `${connectionName(connection)}: no key, no cost. It measures colours and light, and makes up ages.`
      : "It holds a key of its own and pays from that account.";
  }
  return "A server that passes tasks on, with a key of its own or as a sandbox.";
}
