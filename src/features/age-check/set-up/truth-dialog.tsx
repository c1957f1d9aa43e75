import { counted } from "#src/lib/counted.ts";
import { useMemo, useState } from "react";
import { imageName } from "#src/domain/image.ts";
import { report } from "#src/sheet/tell.ts";
import { readTableFile } from "#src/state/files/read-files.ts";
import { Button, Chip } from "#src/ui/button.tsx";
import { Choice } from "#src/ui/choice.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";
import { type AgeDesk, useAgeDesk, useFaces } from "#src/features/age-check/age-desk.ts";
import { judgementText, sameJudgement } from "#src/features/age-check/judging/judgements.ts";
import type { Faces } from "#src/features/age-check/grid/faces.ts";
import { FileChooser } from "./file-chooser.tsx";
import {
  noTruthsText,
  type TruthMatches,
  truthsFromNames,
  truthsFromTable,
} from "./truth-import.ts";

const SOURCES = [
  { source: "file", label: "In a CSV file" },
  { source: "file-name", label: "In the files’ names" },
] as const;

type From = (typeof SOURCES)[number]["source"];

/** A chosen file; without records if it has more than a table of pictures can. */
interface ReadTable {
  records: readonly Record<string, string>[] | null;
}

const PATTERNS = [
  { pattern: "{age}_*", name: "UTKFace" },
  { pattern: "{group}/*", name: "Folders by group" },
  { pattern: "*_{age}.*", name: "Age at the end" },
] as const;
const NOT_A_PATTERN = "The pattern needs {age} or {group}, once.";

/** Takes known ages from a file, or from the files' own names. */
export function TruthDialog({ onClose }: { onClose: () => void }) {
  const desk = useAgeDesk();
  const faceMap = useFaces();
  const faces = useMemo(() => [...faceMap.values()], [faceMap]);
  const [from, setFrom] = useState<From>("file");
  const [table, setTable] = useState<ReadTable | null>(null);
  const [pattern, setPattern] = useState<string>(PATTERNS[0].pattern);
  const matches = useMemo(() => {
    if (from === "file-name") return truthsFromNames(pattern, faces);
    return table?.records == null ? null : truthsFromTable(table.records, faces);
  }, [from, table, pattern, faces]);
  const count = matches?.found.length ?? 0;
  const keep = async () => {
    if (matches === null) return;
    await keepTruths(desk, matches, from);
    onClose();
    if (matches.conflicts.length > 0)
      desk.view.setState({
        mode: "grid",
        focus: { label: "in conflict with a judgement", imageIds: matches.conflicts },
      });
  };
  return (
    <Dialog
      title="Truth from a file or names"
      width="wide"
      onClose={onClose}
      footer={
        <Button look="strong" disabled={count === 0} onClick={() => report(keep())}>
          Take {counted(count, "truth")}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Sources from={from} onChoose={setFrom} />
        {from === "file" ? (
          <FileChooser
            label="CSV with file_name or sha256, and age or range"
            accept=".csv,.tsv,.txt"
            read={readTableFile}
            onRead={([file]) => setTable(file === undefined ? null : { records: file.content })}
          />
        ) : (
          <PatternField pattern={pattern} onChange={setPattern} />
        )}
        {matches === null && from === "file" && table !== null && (
          <Warn>{noTruthsText(table.records)}</Warn>
        )}
        {matches === null && from === "file-name" && <Warn>{NOT_A_PATTERN}</Warn>}
        {matches !== null && <Preview matches={matches} faces={faceMap} />}
      </div>
    </Dialog>
  );
}

function Sources({ from, onChoose }: { from: From; onChoose: (from: From) => void }) {
  return (
    <fieldset className="grid gap-2 sm:grid-cols-2">
      <legend className="sr-only">Where the truth is</legend>
      {SOURCES.map(({ source, label }) => (
        <Choice
          key={source}
          type="radio"
          name="truth-from"
          framed
          label={label}
          checked={from === source}
          onChange={() => onChoose(source)}
        />
      ))}
    </fieldset>
  );
}

function PatternField({
  pattern,
  onChange,
}: {
  pattern: string;
  onChange: (pattern: string) => void;
}) {
  return (
    <div>
      <Field
        label="Pattern"
        hint="{age} is a number, {group} a range such as 13-20, * anything. With a slash, the folder counts too."
      >
        {(control) => (
          <input
            {...control}
            autoComplete="off"
            spellCheck={false}
            value={pattern}
            onChange={(event) => onChange(event.target.value)}
            className={`${controlLook} font-mono`}
          />
        )}
      </Field>
      <div className="mt-2 flex flex-wrap gap-1.5">
        {PATTERNS.map((one) => (
          <Chip
            key={one.pattern}
            pressed={one.pattern === pattern}
            onClick={() => onChange(one.pattern)}
          >
            {one.name}
          </Chip>
        ))}
      </div>
    </div>
  );
}

const MOST_LISTED = 8;

function Preview({ matches, faces }: { matches: TruthMatches; faces: Faces }) {
  const { found, unmatched, unreadable, conflicts } = matches;
  const nameOf = (imageId: string) => {
    const face = faces.get(imageId);
    return face === undefined ? "" : imageName(face.image);
  };
  return (
    <div className="flex flex-col gap-2 text-control">
      <Listed
        title={`${found.length} of ${faces.size} faces have a truth`}
        lines={found.map(
          ({ imageId, judgement }) => `${nameOf(imageId)}: ${judgementText(judgement)}`,
        )}
      />
      {unmatched.length > 0 && (
        <Listed title={`${unmatched.length} fit no face, or several`} lines={unmatched} />
      )}
      {unreadable.length > 0 && (
        <Listed title={`${unreadable.length} with an age that can’t be read`} lines={unreadable} />
      )}
      {conflicts.length > 0 && (
        <Listed
          title={`${conflicts.length} contradict a judgement`}
          lines={conflicts.map(nameOf)}
        />
      )}
    </div>
  );
}

function Listed({ title, lines }: { title: string; lines: readonly string[] }) {
  const rest = lines.length - MOST_LISTED;
  return (
    <details>
      <summary>{title}</summary>
      <ul className="mt-1 pl-4 text-xs text-ink-2">
        {lines.slice(0, MOST_LISTED).map((line, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two lines may be alike, and none moves
          <li key={index} className="wrap-anywhere">
            {line}
          </li>
        ))}
        {rest > 0 && <li>and {rest} more</li>}
      </ul>
    </details>
  );
}

function Warn({ children }: { children: string }) {
  return <p className="text-control text-warn">{children}</p>;
}

/**
 * Writes truths from a file, or from names, as separate judgements: one change, one undo. Existing ones are left alone.
 */
async function keepTruths(desk: AgeDesk, { found }: TruthMatches, from: From): Promise<void> {
  const faces = desk.faces();
  const marks = found.flatMap(({ imageId, judgement }) => {
    const earlier = faces.get(imageId)?.standing.get(from) ?? null;
    if (earlier !== null && sameJudgement(earlier.value.judgement, judgement)) return [];
    return [
      {
        imageId,
        value: { kind: "judgement", judgement, blind: true, from } as const,
        shown: [],
        replaces: earlier?.id ?? null,
      },
    ];
  });
  if (marks.length === 0) return;
  const source = from === "file" ? "a file" : "file names";
  await desk.open.marks.add(marks, `taking ${counted(marks.length, "truth")} from ${source}`);
}
