import type { Scenario } from "./scenario.ts";
import type { WireError } from "./wire-error.ts";
import type { WireTask } from "./wire-task.ts";

/** Checks keys if a scenario wants one. Without a scenario anybody may ask, with a key or without. */
export interface KeyGate {
  /** Counts the request; null if it may pass. */
  check(headers: Headers, tasks: readonly WireTask[]): WireError | null;
  follow(scenario: Scenario): void;
}

const SIGN_UP = "Get a key at https://my.runware.ai/signup";

/** A gate that has seen no key. It holds keys to compare them; they appear in no error. */
export function createKeyGate(start: Scenario): KeyGate {
  let scenario = start;
  let requests = 0;
  let seenKeys = new Set<string>();
  return {
    check(headers, tasks) {
      requests += 1;
      const bearer = /^bearer (.*)$/iu.exec(headers.get("Authorization") ?? "")?.[1]?.trim();
      const authentication = tasks.find((task) => task.kind === "authentication");
      if (bearer !== undefined && authentication) return doubleKey;
      const key = bearer ?? authentication?.key ?? "";
      const revokedFrom = scenario.revokedFromRequest;
      const isRevoking = revokedFrom !== null && requests >= revokedFrom;
      // A revoked key stays revoked. A new one, which was not in use before, works.
      if (isRevoking && (requests === 1 || seenKeys.has(key))) return wrongKey(key);
      if (!isRevoking) seenKeys.add(key);
      const { requiredKey } = scenario;
      return requiredKey === null || key === requiredKey ? null : wrongKey(key);
    },
    follow(next) {
      scenario = next;
      requests = 0;
      seenKeys = new Set();
    },
  };
}

function wrongKey(key: string): WireError {
  return {
    status: 401,
    code: key === "" ? "missingApiKey" : "invalidApiKey",
    message: key === "" ? `The request has no API key. ${SIGN_UP}` : `Invalid API key. ${SIGN_UP}`,
    parameter: "apiKey",
    taskType: "authentication",
  };
}

const doubleKey: WireError = {
  status: 400,
  code: "conflictingAuthentication",
  message: "Send the key in the header or in an authentication task, not in both.",
  parameter: "apiKey",
};
