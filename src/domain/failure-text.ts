import { DAY_SPENT_CODE, LONGEST_QUIET_MS, type Failure } from "./failure.ts";
import { grouped } from "#src/lib/counted.ts";

type FailureOf<Kind extends Failure["kind"]> = Extract<Failure, { kind: Kind }>;

/**
 * What went wrong and what to do next, in a sentence for the user. Holds no key, no body, no picture.
 */
export function failureText(failure: Failure): string {
  switch (failure.kind) {
    case "auth":
    case "quota":
    case "rate-limited":
    case "service-trouble":
    case "timed-out":
    case "offline":
    case "unreachable":
    case "refused":
    case "rejected":
    case "not-found":
    case "conflict":
    case "bad-response":
      return serviceText(failure);
    case "empty-file":
      return "This file is empty: export or copy it again, then add it once more.";
    case "unreadable-file":
      return unreadableFileText(failure);
    case "not-an-image":
      return "This is not a picture, whatever its name says: add a JPEG, PNG, WebP or another image file.";
    case "canvas-noise":
      return "This browser gives noise instead of pixels, against fingerprinting, so nothing is sent: turn off privacy.resistFingerprinting (Firefox) or Shields for this page (Brave), reload, and add the picture again.";
    case "decoder-missing":
      return "The part of this app that opens such files did not load: check that you are online, then add the file again.";
    case "unsupported-format":
      return `This browser cannot open ${failure.format}: save it as JPEG or PNG and add the copy.`;
    case "unreadable-image":
      return unreadableText(failure);
    case "too-large":
      return tooLargeText(failure);
    case "sheet-file":
      return sheetFileText(failure);
    case "picture-missing":
      return "This browser no longer has the picture: add the file again to ask about it.";
    case "storage-full":
      return "This device has no room left for the sheet: delete a sheet or press “Free space now” in Settings, then carry on; nothing was lost.";
    case "storage-broken":
      return "This browser could not read or write the sheet: reload the page.";
    case "storage-blocked":
      return "Another tab has an older version of this app open: close or reload that tab, and this one carries on by itself.";
    case "storage-newer":
      return "A newer version of this app has been used here: reload the page to get it.";
    case "storage-closed":
      return "The browser or a newer tab closed this page’s storage: reload the page; nothing that was saved is lost.";
    case "cancelled":
      return "Cancelled: what was not sent costs nothing, so run it again whenever you like.";
    case "no-key":
      return "There is no key yet: enter yours under Connection, or connect through a proxy.";
    case "internal":
      return `The app made a mistake (${failure.detail}): try again, and report it if it happens again.`;
  }
}

type ServiceFailure = FailureOf<
  | "auth"
  | "quota"
  | "rate-limited"
  | "service-trouble"
  | "timed-out"
  | "offline"
  | "unreachable"
  | "refused"
  | "rejected"
  | "not-found"
  | "conflict"
  | "bad-response"
>;

function serviceText(failure: ServiceFailure): string {
  switch (failure.kind) {
    case "auth":
      return "The service did not accept the key: check yours under Connection or, behind a proxy, tell whoever runs it.";
    case "quota":
      if (failure.code === DAY_SPENT_CODE)
        return "This server has spent as much as it may in a day: carry on after midnight UTC, or ask whoever runs it to raise SPEND_PER_DAY.";
      return "The account has no credit left: top it up with Runware, then resume.";
    case "rate-limited":
      return `The service is busy and asks you to slow down: try again ${waitText(failure.retryAfterMs)}.`;
    case "service-trouble":
      return `The service has a problem (${codeText(failure)}): try again ${waitText(failure.retryAfterMs)}.`;
    case "timed-out":
      return failure.by === "service"
        ? "The service took too long and gave up: try again, perhaps with a smaller sent size."
        : "No answer came in time, and it may have been charged: check again before you ask a second time.";
    case "offline":
      return "This device is offline: reconnect, and the run carries on.";
    case "unreachable":
      return failure.via === "direct"
        ? "The service cannot be reached: the browser or its network may block it, so use a proxy under Connection."
        : "The proxy cannot be reached: check that its server is running, or choose another under Connection.";
    case "refused":
      return `The service’s safety filter refused this${saying(failure.message)}: try another picture or wording.`;
    case "rejected":
      return rejectedText(failure);
    case "not-found":
      return `The service no longer knows this task or picture (${failure.code}): ask again.`;
    case "conflict":
      return "The service already has this task: its answer is being looked up, so wait or check again.";
    case "bad-response":
      return badResponseText(failure);
  }
}

function rejectedText(failure: FailureOf<"rejected">): string {
  const where = failure.parameter === null ? "" : ` because of ${failure.parameter}`;
  return `The service rejected this${where} (${failure.code})${saying(failure.message)}: change the model, prompt or picture, then ask again.`;
}

function badResponseText({ status, detail }: FailureOf<"bad-response">): string {
  const what = {
    empty: "with nothing",
    html: "with a web page instead of data",
    "broken-json": "with data that is cut off or cannot be read",
    "unexpected-shape": "with data this app does not understand",
  }[detail];
  return `The service answered ${what} (status ${status}): try again, or check the address under Connection.`;
}

function unreadableFileText({ what, reason }: FailureOf<"unreadable-file">): string {
  if (reason === "gone")
    return `This ${what} is not where it was, or has changed since: find it, then add it again.`;
  return what === "file"
    ? "This file may not be read: another program may hold it, or you may lack the permission, so change that and add it again."
    : "This folder may not be read, or not all of it: you may lack the permission, so change that and add it again.";
}

function unreadableText({ reason }: FailureOf<"unreadable-image">): string {
  switch (reason) {
    case "damaged":
      return "This picture is damaged: export or copy it again, then add it once more.";
    case "truncated":
      return "This picture is cut off, as after an unfinished download: fetch it again, then add it once more.";
    case "undecodable":
      return "This browser cannot decode this picture: save it as JPEG or PNG and add the copy.";
  }
}

function tooLargeText({ what, found, limit }: FailureOf<"too-large">): string {
  switch (what) {
    case "bytes":
      return `This file is ${millions(found)} MB, over the limit of ${millions(limit)} MB: save a smaller copy and add it.`;
    case "pixels":
      return `This picture has ${millions(found)} megapixels, over the limit of ${millions(limit)}: save a smaller copy and add it.`;
    case "side":
      return `This picture is ${whole(found)} pixels long, over the limit of ${whole(limit)}: save a smaller copy and add it.`;
  }
}

function sheetFileText({ reason }: FailureOf<"sheet-file">): string {
  switch (reason) {
    case "foreign":
      return "This is not a sheet’s file: choose one that was saved here with “Save to a file”.";
    case "newer":
      return "This file was saved by a newer version of the app: open it there, or reload this page to get that version.";
    case "damaged":
      return "This sheet’s file is damaged or cut off: copy or save it again, then open it once more; none of it was kept.";
    case "too-large":
      return "This file claims to hold more than a sheet can, so it was left alone: open one that was saved here.";
    case "unreadable":
      return "This file can no longer be read: it may have been moved or changed, so choose it again.";
    case "unwritable":
      return "The sheet could not be written there: choose another place and save it again.";
  }
}

function codeText({ status, code }: FailureOf<"service-trouble">): string {
  return code === null ? `status ${status}` : `${code}, status ${status}`;
}

function waitText(retryAfterMs: number | null): string {
  if (retryAfterMs === null || retryAfterMs < 1000) return "in a moment";
  const seconds = Math.ceil(retryAfterMs / 1000);
  if (seconds < 90) return `in ${seconds} ${seconds === 1 ? "second" : "seconds"}`;
  // A row that was stored before the bound existed may hold any number.
  return `in ${Math.ceil(Math.min(seconds, LONGEST_QUIET_MS / 1000) / 60)} minutes`;
}

function saying(message: string): string {
  const text = message.trim().replace(/[.:;,\s]+$/u, "");
  return text === "" ? "" : `, saying “${text}”`;
}

// Rounded up past the limit, so that it never says "This file is 100 MB, over the limit of 100 MB".
function millions(count: number): string {
  const value = count / 1_000_000;
  return grouped(Number.isInteger(value) ? value : Math.ceil(value * 10) / 10);
}

function whole(count: number): string {
  return grouped(count);
}
