import { failureText } from "#src/domain/failure-text.ts";
import type { Failure } from "#src/domain/failure.ts";
import { Button } from "#src/ui/button.tsx";
import { WholePage } from "./whole-page.tsx";
import type { ErasePhase } from "./erasing.ts";

/** Plain HTTP away from localhost: the browser withholds what the app is built on. */
export function InsecurePage() {
  const { host, port } = window.location;
  return (
    <WholePage title="This page needs HTTPS (or localhost)">
      <p>
        Over plain HTTP a browser gives a page no safe storage, no locks between tabs and no way to
        tell two pictures apart, so Contact Sheet stops here rather than lose answers you paid for.
      </p>
      <p>Any one of these opens it:</p>
      <ul className="list-disc space-y-2 pl-5">
        <li>
          Serve <code>{host}</code> over HTTPS, and open <code>https://{host}</code>.
        </li>
        <li>
          On the machine that runs it, open{" "}
          <code>http://localhost{port === "" ? "" : `:${port}`}</code>.
        </li>
        <li>
          From another machine, forward the port through SSH:{" "}
          <code>
            ssh -L {port === "" ? "80" : port}:localhost:{port === "" ? "80" : port}{" "}
            {window.location.hostname}
          </code>
          , then open the localhost address here.
        </li>
      </ul>
    </WholePage>
  );
}

/** A browser that lacks something the app cannot do without. */
export function OldBrowserPage({ missing }: { missing: readonly string[] }) {
  return (
    <WholePage title="This browser is missing something">
      <p>
        Contact Sheet needs {missing.join(", ")}. Every Chrome, Edge, Firefox and Safari of the last
        two years has that: update this browser, or open the page in another.
      </p>
    </WholePage>
  );
}

const STORAGE_TITLES: Readonly<Partial<Record<Failure["kind"], string>>> = {
  "storage-blocked": "Waiting for another tab",
  "storage-newer": "A newer version has been here",
  "storage-closed": "The storage was closed",
};

/** Storage that cannot be opened: blocked by a setting, held by an older tab, or full. */
export function StoragePage({ failure }: { failure: Failure }) {
  return (
    <WholePage title={STORAGE_TITLES[failure.kind] ?? "The browser’s storage can’t be opened"}>
      {failure.kind === "storage-broken" && (
        <p>
          Sheets, answers and what they cost are kept in this browser. Without that, answers you pay
          for would be lost with the next reload, so nothing has been started.
        </p>
      )}
      <p className="text-warn">{failureText(failure)}</p>
      {failure.kind === "storage-broken" && (
        <ul className="list-disc space-y-2 pl-5">
          <li>Allow site data for this address in the browser’s settings.</li>
          <li>Leave private browsing, where some browsers give pages no storage.</li>
        </ul>
      )}
      <p>
        <Button look="strong" onClick={() => window.location.reload()}>
          Try again
        </Button>
      </p>
    </WholePage>
  );
}

/** While everything is erased, and after. Nothing is made again before the user says so. */
export function ErasePage({ phase }: { phase: ErasePhase }) {
  if (phase === "erasing")
    return (
      <WholePage title="Erasing…">
        <p>Every tab of Contact Sheet stops its runs and releases what is kept.</p>
      </WholePage>
    );
  if (phase === "failed")
    return (
      <WholePage title="Not everything could be erased">
        <p>
          Another tab of Contact Sheet still has it open. Close all of them but this one, start over
          and erase again.
        </p>
        <StartOver />
      </WholePage>
    );
  return (
    <WholePage title="Everything is erased">
      <p>
        Sheets, pictures, answers, judgements, prompts, settings and keys are gone from this
        browser. What was sent to the service was sent; files you took away are still yours.
      </p>
      <StartOver />
    </WholePage>
  );
}

function StartOver() {
  return (
    <p>
      {/* The address still names a sheet. */}
      <Button look="strong" onClick={() => window.location.assign(window.location.pathname)}>
        Start over
      </Button>
    </p>
  );
}
