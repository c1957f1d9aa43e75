import { formatAgeRange, typedYears } from "#src/domain/age-label.ts";
import type { AgeRange } from "#src/domain/answer.ts";
import { answerVerdict } from "#src/domain/cell.ts";
import type { Task } from "#src/domain/task.ts";
import { type ImageId, imageName } from "#src/domain/image.ts";
import type { Judgement } from "#src/domain/mark.ts";
import { report } from "#src/sheet/tell.ts";
import { showToast } from "#src/ui/toasts.ts";
import { answeredTasks, type Face, type Faces } from "#src/features/age-check/grid/faces.ts";
import { activeSample, type AgeCheckSettings } from "#src/features/age-check/set-up/settings.ts";
import { type AgeViewState, withMember } from "#src/features/age-check/view-state.ts";
import type { StoreApi } from "zustand/vanilla";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import type { JudgeKey } from "./judgements.ts";

/** What judging needs of the desk. */
export interface JudgingDesk {
  open: OpenSheet;
  view: StoreApi<AgeViewState>;
  faces: () => Faces;
  settings: () => AgeCheckSettings;
  change: (settings: Partial<AgeCheckSettings>) => void;
  /** Who judges now. */
  judge: () => JudgeKey;
  /** The name that judgements are signed with; null for none. */
  reviewer: () => string | null;
  now: () => number;
  goTo: (imageId: ImageId | null) => void;
}

/** What the user says about faces. */
export interface Judging {
  /** Judges the face on the stage and goes on; in the grid, the one named. */
  say: (judgement: Judgement, imageId?: ImageId) => void;
  sayGroup: (range: AgeRange, imageId?: ImageId) => void;
  /** The shown verdict is right. Only if one model is shown, and its years can be read. */
  agree: () => void;
  /** The shown verdict is wrong; the truth is asked for next. */
  disagree: () => void;
  /** A digit of an exact age. */
  typeDigit: (digit: string) => void;
  /** Saves the age that was typed. */
  sayTyped: () => void;
  /** Takes back the last digit or, if none is typed, this user's newest judgement under review. */
  takeBack: () => void;
  flag: (imageId?: ImageId) => void;
  /** Shows what the models said; from then on judging the face is not blind. */
  reveal: () => void;
  /** After a reveal that was waited for, or past a face that is left open. */
  goOn: () => void;
  /** Whether the models' verdicts on a face may be on screen. */
  isRevealed: (face: Face) => boolean;
  /** The one verdict that "agree" and "wrong" are about; null if there is none, or several. */
  shownAlone: (face: Face) => Task | null;
}

/** Makes the judging part of the desk. */
export function createJudging(desk: JudgingDesk): Judging {
  const { view } = desk;
  const current = (imageId?: ImageId) =>
    desk.faces().get(imageId ?? view.getState().currentId ?? "");
  const isRevealed = (face: Face) => isRevealedTo(desk, face);
  const shownAlone = (face: Face) => {
    const [only, ...others] = answeredTasks(face, desk.settings().modelIds);
    return only !== undefined && others.length === 0 && isRevealed(face) ? only : null;
  };
  // Taking back applies to the latest judgement, even if it is still being written.
  let saying: Promise<void> = Promise.resolve();
  const say = (judgement: Judgement, imageId?: ImageId) => {
    const face = current(imageId);
    if (face === undefined) return;
    const said = sayOf(desk, face, judgement);
    saying = Promise.allSettled([saying, said]).then(() => undefined);
    report(said);
  };
  return {
    say,
    sayGroup: (range, imageId) => say(groupJudgement(range), imageId),
    agree: () => {
      const face = current();
      const verdict = face === undefined ? null : answerVerdict(shownAlone(face));
      if (verdict === null) return;
      const { range, label } = verdict;
      const text = `The model said “${label}”, which contains no readable years: choose the group yourself.`;
      if (range === null) showToast({ text, kind: "judging" });
      else say(groupJudgement(range));
    },
    disagree: () => {
      const face = current();
      if (face !== undefined && shownAlone(face) !== null) view.setState({ asksTruth: true });
    },
    typeDigit: (digit) =>
      view.setState(({ typed }) => ({
        typed: typedYears(typed, `${typed}${digit}`),
      })),
    sayTyped: () => {
      const { typed } = view.getState();
      if (typed !== "") say({ kind: "age", years: Number(typed) });
    },
    takeBack: () => {
      const { typed, asksTruth } = view.getState();
      if (asksTruth) view.setState({ asksTruth: false });
      else if (typed !== "") view.setState({ typed: typed.slice(0, -1) });
      else report(saying.then(() => takeBack(desk)));
    },
    flag: (imageId) => {
      const face = current(imageId);
      if (face !== undefined) report(toggleFlag(desk, face));
    },
    reveal: () => {
      const face = current();
      if (face === undefined || answeredTasks(face, desk.settings().modelIds).length === 0) return;
      view.setState(({ revealed }) => ({ revealed: withMember(revealed, face.image.id, true) }));
      remember(desk, face.image.id);
    },
    goOn: () => {
      const { currentId } = view.getState();
      desk.goTo(nextUnjudged(desk, currentId) ?? currentId);
    },
    isRevealed,
    shownAlone,
  };
}

function groupJudgement(range: AgeRange): Judgement {
  return { kind: "range", range, label: formatAgeRange(range) };
}

async function sayOf(desk: JudgingDesk, face: Face, judgement: Judgement): Promise<void> {
  const { view, open, settings } = desk;
  const { id } = face.image;
  const { mode, shownAt, currentId, pending } = view.getState();
  if (pending.has(id)) return;
  if (face.image.preparation.phase === "unseen") {
    showToast({ text: "Add the picture of this face to judge it.", kind: "judging" });
    return;
  }
  const earlier = face.standing.get(desk.judge()) ?? null;
  const tasks = answeredTasks(face, settings().modelIds);
  const wasSeen = tasks.length > 0 && isRevealedTo(desk, face);
  const isTimed = mode === "stage" && id === currentId && shownAt !== null && earlier === null;
  view.setState({ pending: withMember(pending, id, true), lastId: id });
  const writing = open.marks.add(
    [
      {
        imageId: id,
        value: { kind: "judgement", judgement, blind: !wasSeen, from: "person" },
        shown: tasks.map(({ taskUuid }) => taskUuid),
        by: desk.reviewer(),
        secondsTaken: isTimed ? Math.round((desk.now() - shownAt) / 100) / 10 : null,
        sample: activeSample(settings())?.kind ?? null,
        replaces: earlier?.id ?? null,
      },
    ],
    `judging ${imageName(face.image)}`,
    {
      quiet: true,
      // The judgement revealed them, so the next one is not blind.
      onUndo: () => {
        if (tasks.length > 0) remember(desk, id);
      },
    },
  );
  if (mode === "stage" && id === currentId) moveOn(desk, id, tasks.length > 0 && !wasSeen);
  try {
    await writing;
  } finally {
    view.setState((now) => ({ pending: withMember(now.pending, id, false) }));
  }
}

// Don't wait for the disk: the user types faster than it writes.
function moveOn(desk: JudgingDesk, from: ImageId, isReveal: boolean): void {
  if (desk.settings().staysForReveal && isReveal) {
    desk.view.setState({ typed: "", asksTruth: false, shownAt: null });
    return;
  }
  desk.goTo(nextUnjudged(desk, from) ?? from);
}

function takeBack(desk: JudgingDesk): void {
  const { view } = desk;
  const key = desk.judge();
  const known = desk.faces();
  const newest = queueNow(desk)
    .flatMap((id) => known.get(id)?.standing.get(key) ?? [])
    .toSorted((a, b) => b.at - a.at)[0];
  if (newest === undefined) {
    showToast({ text: "There is no judgement to take back.", kind: "judging" });
    return;
  }
  const face = known.get(newest.imageId);
  if (face !== undefined && answeredTasks(face, desk.settings().modelIds).length > 0)
    remember(desk, newest.imageId);
  report(desk.open.marks.remove([newest], "taking a judgement back"));
  if (view.getState().mode === "stage") desk.goTo(newest.imageId);
}

async function toggleFlag({ open }: JudgingDesk, { image, flag }: Face): Promise<void> {
  const name = imageName(image);
  if (flag === null)
    await open.marks.add(
      [{ imageId: image.id, value: { kind: "flag" }, shown: [] }],
      `flagging ${name}`,
      { quiet: true },
    );
  else await open.marks.remove([flag], `removing the flag of ${name}`);
}

function isRevealedTo({ settings, judge, view }: JudgingDesk, face: Face): boolean {
  const { blind, seen } = settings();
  const { revealed, pending } = view.getState();
  const { id, preparation } = face.image;
  // For a face known only by its hash there is nothing to judge, and nothing to give away.
  if (preparation.phase === "unseen") return true;
  if (!blind || revealed.has(id) || seen.includes(id) || pending.has(id)) return true;
  // What someone judged without having seen any of it counts as revealed, whoever is sitting here.
  return face.standing.has(judge());
}

/** Remembers that a verdict was seen before there was a judgement, so that a later one is not taken for a blind one. */
function remember({ settings, change }: JudgingDesk, id: ImageId): void {
  const { seen, blind } = settings();
  if (blind && !seen.includes(id)) change({ seen: [...seen, id] });
}

/** The images under review, in the order they are shown: a sample's own, or the sheet's. */
export function queueOf(order: readonly ImageId[], settings: AgeCheckSettings): readonly ImageId[] {
  const sample = activeSample(settings);
  if (sample === null) return order;
  const there = new Set(order);
  return sample.imageIds.filter((id) => there.has(id));
}

/** The images under review now. */
export function queueNow({ open, settings }: JudgingDesk): readonly ImageId[] {
  return queueOf(open.store.getState().order, settings());
}

/** The next image that this user has not judged, from one on and round again; null if all are. */
export function nextUnjudged(desk: JudgingDesk, after: ImageId | null): ImageId | null {
  const { pending } = desk.view.getState();
  const known = desk.faces();
  const key = desk.judge();
  const queue = queueNow(desk);
  const from = after === null ? -1 : queue.indexOf(after);
  const inTurn = [...queue.slice(from + 1), ...queue.slice(0, from + 1)];
  const isOpen = (id: ImageId) => {
    const face = known.get(id);
    return (
      face !== undefined &&
      face.image.preparation.phase !== "unseen" &&
      !pending.has(id) &&
      !face.standing.has(key)
    );
  };
  return inTurn.find(isOpen) ?? null;
}
