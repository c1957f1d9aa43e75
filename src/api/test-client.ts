import type { CallLimits, Delivery, TaskOrder } from "#src/domain/delivery.ts";
import { toFailure, type Failure } from "#src/domain/failure.ts";
import {
  createServiceClient,
  type ServiceClient,
  type ServiceClientOptions,
} from "./create-service-client.ts";

/** One request as it left the client. */
interface Sent {
  url: string;
  init: RequestInit;
  headers: Headers;
  tasks: unknown;
}

/** For tests: a client whose service answers as told, and what was sent to it. */
export interface TestClient {
  client: ServiceClient;
  sent: Sent[];
}

export const TASK_UUID = "eb705042-61a2-4922-8945-642ebf948d57";
export const OTHER_UUID = "3e5eacba-0586-498a-a217-b3eb1135c99f";

/** For tests: a client of a service that answers each call with `reply`; a proxy to the real service by default. */
export function createTestClient(
  reply: (sent: Sent) => Response | Promise<Response>,
  options: Partial<ServiceClientOptions> = {},
): TestClient {
  const sent: Sent[] = [];
  const client = createServiceClient({
    connection: { kind: "proxy", baseUrl: "http://proxy.test/api", upstream: "runware" },
    key: () => null,
    isOnline: () => true,
    now: () => 0,
    newUuid: () => TASK_UUID,
    fetch: async (url, init) => {
      const body = typeof init.body === "string" ? init.body : "";
      const tasks: unknown = JSON.parse(body);
      const one = { url, init, headers: new Headers(init.headers), tasks };
      sent.push(one);
      return await reply(one);
    },
    ...options,
  });
  return { client, sent };
}

/** For tests: limits that never apply. */
export function ample(): CallLimits {
  return { signal: new AbortController().signal, timeoutMs: 60_000 };
}

/** For tests: a question about a picture given by its address. */
export function order(change: Partial<TaskOrder> = {}): TaskOrder {
  return {
    taskUuid: TASK_UUID,
    modelId: "runware:152@2",
    prompt: "Describe this picture.",
    picture: { kind: "url", url: "https://pictures.test/one.jpg" },
    delivery: "sync",
    ...change,
  };
}

/** For tests: the failure a promise rejects with. The test fails if it does not reject. */
export async function failureFrom(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise;
  } catch (thrown) {
    return toFailure(thrown);
  }
  throw new Error("Expected a failure, and there was none.");
}

/** For tests: an entry of `data`, with an answer unless told otherwise. */
export function item(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return { taskType: "caption", taskUUID: TASK_UUID, text: "A harbour.", cost: 0.0019, ...fields };
}

/** For tests: asks one question of a service that answers it with this body. */
export function asking(body: unknown, init: ResponseInit = {}): Promise<Delivery> {
  return createTestClient(() => Response.json(body, init)).client.ask(order(), ample());
}
