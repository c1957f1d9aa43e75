import { useEffect, useId, useMemo, useState, type ReactNode } from "react";
import type { FieldId } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import { deskOf } from "#src/features/caption/desk.ts";
import type { Standings } from "#src/features/caption/list/standing.ts";
import { parseCaption, useCaptionSettings } from "#src/features/caption/settings.ts";
import {
  captionView,
  fieldOf,
  showFound,
  useCaptionView,
  type ReadyChanges,
} from "#src/features/caption/view-state.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { inSlices } from "#src/lib/in-slices.ts";
import { readWholeNumber } from "#src/lib/read-number.ts";
import { shortened } from "#src/lib/shortened.ts";
import { report } from "#src/sheet/tell.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";
import { Pulse } from "#src/ui/pulse.tsx";
import {
  findInconsistent,
  usualMost,
  withoutOpening,
  withTrigger,
  type Findings,
  type WrittenText,
} from "./consistency.ts";
import { FieldChoice } from "./field-choice.tsx";

/** How alike the texts of a sheet are: openings used too often, texts that say nearly the same, words that are missing. */
export function ConsistencyDialog({ onClose }: { onClose: () => void }) {
  const open = useOpenSheet();
  const view = captionView(open);
  const shownId = useCaptionView((state) => state.fieldId);
  const fields = useSheet((state) => state.sheet.fields);
  const [fieldId, setFieldId] = useState(() => fieldOf({ fieldId: shownId }, fields).id);
  const [openingWords, setOpeningWords] = useState(3);
  const [typedMost, setTypedMost] = useState("");
  const { triggerWords } = useCaptionSettings();
  const texts = useTexts(fieldId);
  const usual = usualMost(texts.length);
  const most = typedMost === "" ? usual : readWholeNumber(typedMost);
  const findings = useFindings(texts, {
    openingWords,
    most: most ?? usual,
    triggers: triggerWords,
  });
  const show = (words: string, ids: readonly ImageId[]) => {
    showFound(view, words, ids);
    onClose();
  };
  const preview = (ready: Omit<ReadyChanges, "back">) =>
    view.setState({ dialog: { kind: "changes", ...ready, back: { kind: "consistency" } } });
  const changesOf = (ids: readonly ImageId[], change: (text: string) => string) => {
    const wanted = new Set(ids);
    return texts
      .filter(({ imageId }) => wanted.has(imageId))
      .map(({ imageId, text }) => ({ imageId, fieldId, before: text, after: change(text) }));
  };
  return (
    <Dialog title="Consistency" width="wide" onClose={onClose}>
      <FieldChoice value={fieldId} onChange={setFieldId} />
      <Questions
        {...{ openingWords, setOpeningWords, typedMost, setTypedMost, usual }}
        isWrong={most === null}
      />
      {findings === null ? (
        <Pulse />
      ) : texts.length === 0 ? (
        <p className="text-ink-2">There is no text to look at yet.</p>
      ) : (
        <div className="space-y-6">
          {findings.missing.length > 0 && (
            <Section
              title="Missing words"
              none="Every text has them."
              rows={findings.missing
                .filter(({ ids }) => ids.length > 0)
                .map(({ trigger, ids }) => (
                  <Finding
                    key={trigger}
                    words={`“${trigger}”`}
                    note={`missing in ${counted(ids.length, "text")}`}
                    onShow={() => show(`Without “${trigger}”`, ids)}
                  >
                    <Button
                      look="mini"
                      onClick={() =>
                        preview({
                          title: `Put “${trigger}” first`,
                          changes: changesOf(ids, (text) => withTrigger(text, trigger)),
                          doing: `putting “${trigger}” before`,
                        })
                      }
                    >
                      Put it first…
                    </Button>
                  </Finding>
                ))}
            />
          )}
          <Section
            title="Openings"
            none={`No opening of ${openingWords} words is used more than ${counted(most ?? usual, "time")}.`}
            rows={findings.openings.map(({ words, ids }) => (
              <Finding
                key={words}
                words={`“${words} …”`}
                note={`opens ${counted(ids.length, "text")} of ${grouped(findings.texts)}`}
                onShow={() => show(`Opens “${words}”`, ids)}
              >
                <Button
                  look="mini"
                  onClick={() =>
                    preview({
                      title: `Take “${words}” off`,
                      changes: changesOf(ids, (text) => withoutOpening(text, openingWords)),
                      doing: "taking the opening off",
                    })
                  }
                >
                  Take it off…
                </Button>
              </Finding>
            ))}
          />
          <Section
            title="Nearly the same text"
            none="No two texts say nearly the same."
            rows={findings.likeTexts.map(({ ids, text, areSame }) => (
              <Finding
                key={ids[0]}
                words={shortened(text, MOST_LETTERS)}
                note={`${counted(ids.length, "text")}, ${areSame ? "all the same" : "nearly the same"}`}
                onShow={() => show(`Like “${shortened(text, 20)}”`, ids)}
              />
            ))}
          />
        </div>
      )}
    </Dialog>
  );
}

const MOST_LETTERS = 160;

interface QuestionsProps {
  openingWords: number;
  setOpeningWords: (words: number) => void;
  typedMost: string;
  setTypedMost: (typed: string) => void;
  usual: number;
  isWrong: boolean;
}

/** What is looked for; the words that have to be there are remembered with the sheet. */
function Questions(props: QuestionsProps) {
  const open = useOpenSheet();
  const { triggerWords } = useCaptionSettings();
  const ids = { words: useId(), most: useId() };
  const keep = (typed: string) => {
    const settings = parseCaption(open.store.getState().sheet.caption);
    report(open.typeSettings({ caption: { ...settings, triggerWords: typed } }));
  };
  return (
    <div className="mt-3 mb-5 space-y-3 first:mt-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1.5 text-control">
        Openings of
        <label htmlFor={ids.words} className="sr-only">
          Words of an opening
        </label>
        <select
          id={ids.words}
          className={`${controlLook} w-auto! py-1! text-control!`}
          value={props.openingWords}
          onChange={({ target }) => props.setOpeningWords(Number(target.value))}
        >
          <option value={2}>2</option>
          <option value={3}>3</option>
          <option value={4}>4</option>
        </select>
        words, used more than
        <label htmlFor={ids.most} className="sr-only">
          Times that an opening may be used
        </label>
        <input
          id={ids.most}
          inputMode="numeric"
          className={`${controlLook} w-16! py-1! text-control!`}
          placeholder={`${props.usual}`}
          value={props.typedMost}
          aria-invalid={props.isWrong || undefined}
          onChange={({ target }) => props.setTypedMost(target.value)}
        />
        times
      </p>
      <Field
        label="Words that every text has"
        hint="A trigger word that a model is trained by, for example. Several are parted by commas."
      >
        {(control) => (
          <input
            {...control}
            className={controlLook}
            value={triggerWords}
            onChange={({ target }) => keep(target.value)}
          />
        )}
      </Field>
    </div>
  );
}

const MOST_ROWS = 25;

/** One kind of finding: its rows, or that there are none. */
function Section({
  title,
  none,
  rows,
}: {
  title: string;
  none: string;
  rows: readonly ReactNode[];
}) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, MOST_ROWS);
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-control font-semibold">
        {title}
        {rows.length > 0 && (
          <span className="figures ml-2 font-normal text-ink-2">{grouped(rows.length)}</span>
        )}
      </h3>
      {rows.length === 0 ? (
        <p className="text-control text-ink-2">{none}</p>
      ) : (
        <ul className="divide-y divide-line">{shown}</ul>
      )}
      {shown.length < rows.length && (
        <Button look="mini" onClick={() => setWhole(true)}>
          Show all {grouped(rows.length)}
        </Button>
      )}
    </section>
  );
}

interface FindingProps {
  words: string;
  note: string;
  onShow: () => void;
  children?: ReactNode;
}

function Finding({ words, note, onShow, children }: FindingProps) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-1.5">
      <span dir="auto" className="min-w-0 wrap-anywhere">
        {words}
      </span>
      <span className="text-xs text-ink-2">{note}</span>
      <span className="-mr-2 ml-auto flex gap-1">
        {children}
        <Button look="mini" onClick={onShow}>
          Show these
        </Button>
      </span>
    </li>
  );
}

/** The texts of a field that there are, in the sheet’s order. */
function useTexts(fieldId: FieldId): readonly WrittenText[] {
  const open = useOpenSheet();
  // The standings are made of these.
  useSheet((state) => state.tasks);
  useSheet((state) => state.marks);
  const standings = deskOf(open).standings();
  return useMemo(() => textsOf(standings, fieldId), [standings, fieldId]);
}

function textsOf({ byId }: Standings, fieldId: FieldId): WrittenText[] {
  return [...byId].flatMap(([imageId, { texts }]) => {
    const { text = null } = texts.find((one) => one.fieldId === fieldId) ?? {};
    return text === null || text.trim() === "" ? [] : [{ imageId, text }];
  });
}

/** Null until they are there; what was found last stays while something else is looked for. */
function useFindings(
  texts: readonly WrittenText[],
  { openingWords, most, triggers }: Parameters<typeof findInconsistent>[1],
): Findings | null {
  const [findings, setFindings] = useState<Findings | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const question = { openingWords, most, triggers };
    report(
      inSlices(findInconsistent(texts, question), signal).then(
        (found) => {
          if (!signal.aborted) setFindings(found);
        },
        (error: unknown) => {
          if (!signal.aborted) throw error;
        },
      ),
    );
    return () => leaving.abort();
  }, [texts, openingWords, most, triggers]);
  return findings;
}
