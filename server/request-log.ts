import type { HttpBindings } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";

/** Sizes and counts of a request: the only things about its body that a log line may show. */
interface RequestFacts {
  receivedBytes: number;
  taskCount: number;
}

/** Lets a route behind the log report what it read. There are no bindings if no socket serves the app. */
export interface LoggedRoute {
  Bindings: Partial<HttpBindings>;
  Variables: { facts: RequestFacts };
}

/**
 * One line per request: time, tasks, status, duration, bytes in and out. Never a header, a prompt, an address or a
 * picture.
 */
export function logRequests(
  log: (line: string) => void,
  now: () => number,
): MiddlewareHandler<LoggedRoute> {
  return async (context, next) => {
    const startedAt = now();
    const receivedAt = new Date();
    context.set("facts", { receivedBytes: 0, taskCount: 0 });
    await next();
    const { receivedBytes, taskCount } = context.get("facts");
    // Read to its end, since the answer's size is part of the line. Answers are a few kB.
    const answer = await context.res.arrayBuffer();
    const { status, headers } = context.res;
    context.res = new Response(answer.byteLength > 0 ? answer : null, { status, headers });
    log(
      [
        receivedAt.toISOString(),
        `tasks=${taskCount}`,
        `status=${status}`,
        `ms=${Math.round(now() - startedAt)}`,
        `bytes=${receivedBytes}/${answer.byteLength}`,
      ].join(" "),
    );
  };
}
