import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { captionTask, KEY, post, startProxy, startStandIn } from "./test-support.ts";

function replyJson(body: unknown) {
  return (response: ServerResponse): void => {
    response.writeHead(401, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  };
}

test.each(["<h1>Busy", '{"data":', ""])(
  "%j passes with its status for the client to judge, but not as a page of this origin",
  async (body) => {
    const service = await startStandIn((response) => {
      response.writeHead(503, { "Content-Type": "text/html" });
      response.end(body);
    });
    const proxy = await startProxy(service.url);
    const reply = await post(proxy.url, [captionTask()]);
    expect([reply.status, reply.body]).toEqual([503, body]);
    expect(reply.headers["content-type"]).toBe("text/plain; charset=utf-8");
  },
);

test("JSON passes as JSON, whatever the service called it, and endlessly nested JSON as nothing", async () => {
  const bodies = ['{"data":[]}', "[".repeat(4 * 1_024 * 1_024)];
  const service = await startStandIn((response) => {
    response.writeHead(200, { "Content-Type": "text/html" });
    response.end(bodies.shift());
  });
  const proxy = await startProxy(service.url);
  const sound = await post(proxy.url, [captionTask()]);
  expect(sound.headers["content-type"]).toBe("application/json");
  const nested = await post(proxy.url, [captionTask()]);
  expect(nested.headers["content-type"]).toBe("text/plain; charset=utf-8");
});

const ODD_KEY = 'k/e+y"\\&<>=~0123456789';

/** Ways in which a service may quote a key. */
const QUOTES: Record<string, (key: string) => string> = {
  plain: (key) => key,
  "in capitals": (key) => key.toUpperCase(),
  "JSON-escaped": (key) => JSON.stringify(key).slice(1, -1),
  "JSON-escaped twice": (key) => JSON.stringify(JSON.stringify(key)).slice(3, -3),
  "JSON-escaped as PHP does": (key) => JSON.stringify(key).slice(1, -1).replaceAll("/", "\\/"),
  "each letter by its number": (key) =>
    key.replaceAll(/[^]/gu, (letter) => `\\u00${hexOf(letter)}`),
  "URL-coded": encodeURIComponent,
  "URL-coded twice": (key) => encodeURIComponent(encodeURIComponent(key)),
  "URL-coded in full": (key) =>
    key.replaceAll(/[^]/gu, (letter) => `%${hexOf(letter).toUpperCase()}`),
  "HTML-escaped": (key) =>
    key
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&#34;"),
};

function hexOf(letter: string): string {
  return (letter.codePointAt(0) ?? 0).toString(16).padStart(2, "0");
}

describe.each([KEY, ODD_KEY])("the key %s is quoted", (key) => {
  test.each(Object.entries(QUOTES))("%s, and does not come back", async (_, quote) => {
    const text = `The key ${quote(key)} is <wrong>`;
    const service = await startStandIn((response) => {
      response.writeHead(500, { "Content-Type": "text/html" });
      response.end(text);
    });
    const proxy = await startProxy(service.url, { key });
    const reply = await post(proxy.url, [captionTask()]);
    expect(reply.body).toBe("The key [key removed] is <wrong>");
  });

  test.each(["", "a", "ab"])("in base64 after %j, and does not come back", async (before) => {
    const coded = Buffer.from(`${before}${key} and more`);
    const forms = [coded.toString("base64"), coded.toString("base64url")];
    const message = [...forms, ...forms.map((form) => JSON.stringify(form).replaceAll("/", "\\/"))];
    const service = await startStandIn(replyJson({ errors: [{ code: "invalidApiKey", message }] }));
    const proxy = await startProxy(service.url, { key });
    const { body } = await post(proxy.url, [captionTask()]);
    expect(body.split("[key removed]")).toHaveLength(5);
    // Nothing of the middle of the key is left, however it is aligned.
    const middle = Buffer.from(key.slice(3, -3)).toString("base64").slice(4, 12);
    expect(body).not.toContain(middle);
    const left = body
      .match(/[\w+/=-]+/gu)
      ?.map((form) => Buffer.from(form, "base64").toString("latin1"));
    expect(left?.join(" ")).not.toContain(key.slice(2, -2));
  });

  test("in a caption's text, split over chunks and in zeros, and does not come back", async () => {
    const item = JSON.stringify({ data: [{ text: `Bearer ${key}!` }] });
    const at = item.indexOf("Bearer") + 10;
    const service = await startStandIn((response, { body }) => {
      if (body.includes("wide")) {
        response.end(Buffer.from(`Bearer ${key}!`, "utf16le"));
        return;
      }
      response.writeHead(200, { "Content-Type": "application/json" });
      response.write(item.slice(0, at));
      response.write(item.slice(at, at + 3), () => response.end(item.slice(at + 3)));
    });
    const proxy = await startProxy(service.url, { key });
    const reply = await post(proxy.url, [captionTask()]);
    expect(JSON.parse(reply.body)).toEqual({ data: [{ text: "Bearer [key removed]!" }] });
    const wide = await post(proxy.url, [captionTask({ prompt: "wide" })]);
    expect(wide.body).toBe("Bearer [key removed]!");
  });

  test("in a header, and does not come back", async () => {
    const headers = { "Retry-After": key, "Content-Type": `text/html; of=${key}`, "X-Key": key };
    const service = await startStandIn((response) => {
      response.writeHead(429, headers).end("[]");
    });
    const proxy = await startProxy(service.url, { key });
    const reply = await post(proxy.url, [captionTask()]);
    expect(reply.status).toBe(429);
    expect(reply.headers["retry-after"]).toBeUndefined();
    expect(JSON.stringify(reply.headers)).not.toContain(key);
  });
});

test("a reply made to slow the search for the key is still searched", async () => {
  const letters = ["\\", "%25", "&amp;", KEY.slice(0, -1)];
  const service = await startStandIn((response) => {
    response.end(letters.shift()?.repeat(100_000));
  });
  const proxy = await startProxy(service.url);
  for (let left = letters.length; left > 0; left -= 1) {
    expect((await post(proxy.url, [captionTask()])).status).toBe(200);
  }
});

test("Retry-After passes as seconds or as a date", async () => {
  const values = ["7", "Sun, 29 Nov 2026 12:00:00 GMT", "soon", "7; x"];
  const service = await startStandIn((response) => {
    response.writeHead(503, { "Retry-After": values.shift() ?? "" }).end("{}");
  });
  const proxy = await startProxy(service.url);
  const seen: unknown[] = [];
  for (let left = values.length; left > 0; left -= 1) {
    seen.push((await post(proxy.url, [captionTask()])).headers["retry-after"]);
  }
  expect(seen).toEqual(["7", "Sun, 29 Nov 2026 12:00:00 GMT", undefined, undefined]);
});
