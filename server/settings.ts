import * as v from "valibot";
import { DEFAULT_SERVICE_URL } from "#src/contract/endpoint.ts";
import { PROXIES_ADVICE, readProxyList } from "#src/contract/proxy-list.ts";
import { OperatorError } from "./operator-error.ts";
import { isLoopback } from "./request-hosts.ts";
import type { SpendingRules } from "./spending-guard.ts";

/** Who answers tasks: the stand-in, or the service with the operator's key. */
export type UpstreamSettings =
  | { kind: "sandbox" }
  | { kind: "runware"; key: string; serviceUrl: string };

export interface Settings {
  host: string;
  /** 0 asks the system for any free port. */
  port: number;
  upstream: UpstreamSettings;
  /** Origins of pages served elsewhere that may use this API, as browsers write them. */
  allowedOrigins: readonly string[];
  /** Host names, without ports, that this server answers to besides its own. */
  allowedHosts: readonly string[];
  /**
   * Further proxies for the connection dialog: addresses of their APIs, without a trailing slash.
   */
  proxyUrls: readonly string[];
  spending: SpendingRules;
  /** How long browsers should insist on https, in seconds; null leaves that to whoever ends TLS. */
  hstsSeconds: number | null;
  /** Whether tests may control the sandbox over HTTP. */
  testControl: boolean;
}

/**
 * Reads the server's environment variables; an empty one counts as unset.
 * @throws OperatorError that names the first malformed variable. No message repeats the key.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.entries(environment)
      .map(([name, value]) => [name, value?.trim()])
      .filter(([, value]) => value),
  );
  const read = v.safeParse(environmentSchema, given);
  if (!read.success) {
    const [issue] = read.issues;
    throw new OperatorError(`${v.getDotPath(issue) ?? "A variable"} ${issue.message}.`);
  }
  const { RUNWARE_API_KEY: key, RUNWARE_API_URL: serviceUrl } = read.output;
  return {
    host: read.output.HOST,
    port: read.output.PORT,
    upstream: key === undefined ? { kind: "sandbox" } : { kind: "runware", key, serviceUrl },
    allowedOrigins: read.output.ALLOWED_ORIGINS,
    allowedHosts: read.output.ALLOWED_HOSTS,
    proxyUrls: read.output.PROXY_URLS,
    spending: spendingRules(read.output),
    hstsSeconds: read.output.HSTS_SECONDS ?? null,
    testControl: read.output.CONTACT_SHEET_TEST_CONTROL === "1",
  };
}

/**
 * Unbounded if only this machine reaches the server. Elsewhere it is bounded even if the operator says nothing.
 */
function spendingRules(given: v.InferOutput<typeof environmentSchema>): SpendingRules {
  const fallback = isOnNetwork(given) ? NETWORK_RULES : UNBOUNDED;
  const { MOST_PER_MINUTE: perMinute, SPEND_PER_DAY: perDay } = given;
  return {
    mostPerMinute: perMinute === undefined ? fallback.mostPerMinute : perMinute,
    spendPerDay: perDay === undefined ? fallback.spendPerDay : perDay,
  };
}

/** A further host name means that something in front passes requests on from elsewhere. */
function isOnNetwork({ HOST, ALLOWED_HOSTS }: v.InferOutput<typeof environmentSchema>): boolean {
  return !isLoopback(HOST) || ALLOWED_HOSTS.some((name) => !isLoopback(name));
}

const UNBOUNDED: SpendingRules = { mostPerMinute: null, spendPerDay: null };
// Some 2,500 captions a day, as fast as a dozen in flight are answered.
const NETWORK_RULES: SpendingRules = { mostPerMinute: 300, spendPerDay: 5_000_000 };

const PORT_ADVICE = "must be a whole number from 0 to 65535: correct it, or leave it out for 4170";
const ORIGINS_ADVICE =
  'must list origins such as "https://sheets.example.com", separated by commas and without paths: correct it, or leave it out';
const SERVICE_ADVICE =
  'must be an https address such as "https://api.runware.ai/v1" (http is allowed only for this machine, since the key travels with it): correct it, or leave it out';
const port = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}$/u, PORT_ADVICE),
  v.transform(Number),
  v.maxValue(65_535, PORT_ADVICE),
);

const key = v.pipe(
  v.string(),
  // Keys get pasted with the quotes from the file they were in.
  v.transform((text) => text.replace(/^(["'])(.*)\1$/u, "$2").trim()),
  v.regex(
    /^[!-~]+$/u,
    "holds characters that no key has: copy the key again from my.runware.ai, or leave it out for the sandbox",
  ),
);

const serviceUrl = v.pipe(
  v.string(),
  v.check((text) => isServiceUrl(text), SERVICE_ADVICE),
);

const origin = v.pipe(
  v.string(),
  v.check((text) => isOrigin(text), ORIGINS_ADVICE),
);

const hostName = v.pipe(
  v.string(),
  v.regex(
    /^(?:[\w.-]+|\[[\da-f:.]+\])$/iu,
    'must list host names such as "sheets.example.com", separated by commas and without ports: correct it, or leave it out',
  ),
  v.toLowerCase(),
);

const proxyUrls = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const read = readProxyList(dataset.value);
    if (read !== null) return read;
    addIssue({ message: PROXIES_ADVICE });
    return NEVER;
  }),
);

const mostPerMinute = v.union(
  [none(), v.pipe(v.string(), v.regex(/^[1-9]\d{0,5}$/u), v.transform(Number))],
  'must be a whole number of tasks from 1 to 999999, or "none": correct it, or leave it out',
);

const spendPerDay = v.union(
  [
    none(),
    v.pipe(
      v.string(),
      v.regex(/^\$?\d{1,6}(?:\.\d{1,6})?$/u),
      v.transform((text) => Math.round(Number(text.replace("$", "")) * 1_000_000)),
    ),
  ],
  'must be an amount in US dollars such as "2.50", or "none": correct it, or leave it out',
);

const hstsSeconds = v.pipe(
  v.string(),
  v.regex(
    /^\d{1,9}$/u,
    'must be a whole number of seconds such as "31536000", for which browsers insist on https: correct it, or leave it out',
  ),
  v.transform(Number),
);

/** The word for no bound. */
function none() {
  return v.pipe(
    v.literal("none"),
    v.transform(() => null),
  );
}

const environmentSchema = v.object({
  HOST: v.optional(
    v.pipe(
      v.string(),
      v.regex(
        /^[\w.:-]+$/u,
        'must be an address or host name without a port, such as "127.0.0.1": correct it, or leave it out',
      ),
    ),
    "127.0.0.1",
  ),
  PORT: v.optional(port, "4170"),
  RUNWARE_API_KEY: v.optional(key),
  RUNWARE_API_URL: v.optional(serviceUrl, DEFAULT_SERVICE_URL),
  ALLOWED_ORIGINS: v.optional(listOf(origin), ""),
  ALLOWED_HOSTS: v.optional(listOf(hostName), ""),
  PROXY_URLS: v.optional(proxyUrls, ""),
  MOST_PER_MINUTE: v.optional(mostPerMinute),
  SPEND_PER_DAY: v.optional(spendPerDay),
  HSTS_SECONDS: v.optional(hstsSeconds),
  CONTACT_SHEET_TEST_CONTROL: v.optional(v.string()),
});

/** A list separated by commas or white space. An issue in one entry concerns the whole variable. */
function listOf(entry: v.GenericSchema<string, string>) {
  return v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const read = v.safeParse(v.array(entry), dataset.value.split(/[\s,]+/u).filter(Boolean));
      if (read.success) return read.output;
      addIssue({ message: read.issues[0].message });
      return NEVER;
    }),
  );
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && isPlainHttpUrl(text) && new URL(text).origin === text;
}

function isServiceUrl(text: string): boolean {
  if (!isPlainHttpUrl(text)) return false;
  const url = new URL(text);
  return url.protocol === "https:" || isLoopback(url.hostname);
}

function isPlainHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const isHttp = url.protocol === "https:" || url.protocol === "http:";
  return isHttp && url.username === "" && url.password === "" && url.hash === "";
}
