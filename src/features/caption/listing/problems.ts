import {
  CHECKS,
  findingsIn,
  fullStopOf,
  isSwitchedOn,
  withFullStop,
  type CheckId,
  type Finding,
} from "#src/domain/checks/checks.ts";
import type { FieldId } from "#src/domain/field.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { imageName, type ImageId, type SheetImage } from "#src/domain/image.ts";
import type { Standing, Standings, TextStanding } from "#src/features/caption/list/standing.ts";

/** What a check found in one text of an image. */
export interface TextProblem extends Finding {
  fieldId: FieldId;
}

const NONE: readonly never[] = [];

/** What the texts of an image have wrong by themselves, the most telling first. */
export function ownProblems({ texts, role }: Standing, fileName: string): readonly TextProblem[] {
  // Nobody reads them: whatever they say is no problem.
  if (role === "decorative") return NONE;
  const found = texts.flatMap(({ text, fieldId, rules, answers }): TextProblem[] =>
    text === null || answers !== "text"
      ? []
      : findingsIn(text, rules, fileName).map((finding) => ({ ...finding, fieldId })),
  );
  return found.length === 0 ? NONE : inTurn(found);
}

function inTurn(problems: TextProblem[]): TextProblem[] {
  if (problems.length < 2) return problems;
  return problems.toSorted((a, b) => CHECKS.indexOf(a.check) - CHECKS.indexOf(b.check));
}

/** An image as the texts of all are compared. */
export interface Compared {
  id: ImageId;
  /** Of its bytes: images that have the same ones share their texts rightly. Null if they are not known. */
  pictureHash: string | null;
  standing: Standing;
  /** Null until they are known. */
  problems: readonly TextProblem[] | null;
}

/** The problems of all images, and those that have a text in common. */
export interface JoinedProblems {
  problems: ReadonlyMap<ImageId, readonly TextProblem[]>;
  doubles: ReadonlySet<ImageId>;
}

interface Joined {
  own: readonly TextProblem[];
  /** Which other images have the same texts. */
  others: string;
  problems: readonly TextProblem[];
}

type Holder = Pick<Compared, "id" | "pictureHash">;

/** Knows which images have each text, field by field. */
export interface TextRegister {
  /** Notes that an image has its texts, or has them no longer. */
  hold: (image: Compared, isHeld: boolean) => void;
  /**
   * What is wrong with each image, that it has another’s text included. An image for which nothing changed has the same
   * list as before. `frameOf` is the number that users know an image by, as the strip shows it.
   */
  join: (images: readonly Compared[], frameOf: (id: ImageId) => string) => JoinedProblems;
}

/** Whether two images have the same text rightly: they are the same picture. */
function sharesText(
  { pictureHash }: Pick<Holder, "pictureHash">,
  other: Pick<Holder, "pictureHash">,
): boolean {
  return pictureHash !== null && pictureHash === other.pictureHash;
}

/**
 * How many texts of a field each check finds, those that are switched off included, in steps. What the listing shows is no
 * other count.
 */
export function* countFound(
  images: ReadonlyMap<ImageId, SheetImage>,
  { standings: { byId }, fieldId }: { standings: Pick<Standings, "byId">; fieldId: FieldId },
): Generator<undefined, ReadonlyMap<CheckId, number>> {
  const counts = new Map<CheckId, number>();
  const sameTexts = new Map<string, Pick<Holder, "pictureHash">[]>();
  const add = (check: CheckId, by = 1) => counts.set(check, (counts.get(check) ?? 0) + by);
  for (const [id, { texts, role }] of byId) {
    const text = texts.find((one) => one.fieldId === fieldId);
    const image = images.get(id);
    if (image === undefined || role === "decorative" || text?.answers !== "text") continue;
    if (text.text === null) continue;
    const checks = withFullStop([], fullStopOf(text.rules));
    for (const { check } of findingsIn(text.text, { ...text.rules, checks }, imageName(image)))
      add(check);
    const words = text.text.trim();
    const holder = { pictureHash: pictureHashOf(image) };
    if (words !== "") sameTexts.set(words, [...(sameTexts.get(words) ?? []), holder]);
    yield undefined;
  }
  for (const [one, ...others] of sameTexts.values())
    // If one of them is another picture, each has another beside it.
    if (one !== undefined && others.some((other) => !sharesText(one, other)))
      add("duplicate", others.length + 1);
  return counts;
}

/** Makes the register of one sheet. */
export function createTextRegister(): TextRegister {
  const holders = new Map<FieldId, Map<string, Holder[]>>();
  let known = new Map<ImageId, Joined>();
  const otherOf = ({ id, pictureHash }: Holder, text: TextStanding): ImageId | null => {
    const words = comparedWords(text);
    const some = (words !== "" && holders.get(text.fieldId)?.get(words)) || [];
    return some.find((one) => one.id !== id && !sharesText(one, { pictureHash }))?.id ?? null;
  };
  return {
    hold: ({ id, pictureHash, standing }, isHeld) => {
      for (const text of comparedTexts(standing)) {
        const words = comparedWords(text);
        if (words === "") continue;
        let ofField = holders.get(text.fieldId);
        if (ofField === undefined)
          holders.set(text.fieldId, (ofField = new Map<string, Holder[]>()));
        const some = ofField.get(words);
        if (!isHeld) {
          const others = (some ?? []).filter((other) => other.id !== id);
          if (others.length === 0) ofField.delete(words);
          else ofField.set(words, others);
        } else if (some === undefined) ofField.set(words, [{ id, pictureHash }]);
        else some.push({ id, pictureHash });
      }
    },
    join: (images, frameOf) => {
      const next = new Map<ImageId, Joined>();
      const doubles = new Set<ImageId>();
      for (const { id, pictureHash, standing, problems: own } of images) {
        const same: TextProblem[] = [];
        for (const text of comparedTexts(standing)) {
          const other = otherOf({ id, pictureHash }, text);
          if (other !== null) same.push(sameText(text.fieldId, frameOf(other)));
        }
        if (same.length > 0) doubles.add(id);
        const problems = own ?? NONE;
        if (problems.length + same.length === 0) continue;
        const others = same.map(({ fieldId, reason }) => `${fieldId}:${reason}`).join("\n");
        const old = known.get(id);
        next.set(
          id,
          old?.own === problems && old.others === others
            ? old
            : { own: problems, others, problems: inTurn([...problems, ...same]) },
        );
      }
      known = next;
      return { doubles, problems: new Map([...next].map(([id, joined]) => [id, joined.problems])) };
    },
  };
}

function comparedTexts({ texts, role }: Standing): readonly TextStanding[] {
  return role === "decorative" ? NONE : texts;
}

/** The words by which a text is another’s too; "" if it has none, or if its field allows that. */
function comparedWords({ text, rules }: TextStanding): string {
  return text === null || !isSwitchedOn("duplicate", rules) ? "" : text.trim();
}

function sameText(fieldId: FieldId, frame: string): TextProblem {
  const reason = `Same text as ${frame}`;
  return { check: "duplicate", fieldId, reason, short: reason, isMendable: false };
}
