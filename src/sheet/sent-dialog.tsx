import type { ReactNode } from "react";
import { askedRecipe } from "#src/catalog/find-models.ts";
import { askedFields, captionRecipe, type Fields } from "#src/domain/field.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { PictureFacts, RemovedPart } from "#src/domain/picture.ts";
import { PROMPT_VARIABLES, variablesIn } from "#src/domain/prompt-variables.ts";
import type { Mount } from "#src/domain/mount.ts";
import type { Recipe } from "#src/domain/recipe.ts";
import type { Task } from "#src/domain/task.ts";
import { counted } from "#src/lib/counted.ts";
import { formatBytes } from "#src/lib/format-bytes.ts";
import { mountOf, sentSizes } from "#src/state/pictures/mount-of.ts";
import { type CopySize, useCopySizes } from "#src/state/pictures/kept-pictures.ts";
import { partCounts } from "#src/state/pictures/parts.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Dialog } from "#src/ui/dialog.tsx";
import { useFrameNotes } from "./picture-notes.ts";

/** What leaves the browser for one image: before it is sent, and what was sent. */
export function SentDialog({ image, onClose }: { image: SheetImage; onClose: () => void }) {
  const hash = pictureHashOf(image);
  const facts = useSheet((state) => (hash === null ? undefined : state.pictures.get(hash)));
  const tasks = useSheet((state) => state.tasks.get(image.id));
  return (
    <Dialog title="What leaves your browser" onClose={onClose}>
      <p className="mb-3 font-semibold wrap-anywhere">{imageName(image)}</p>
      {facts === undefined ? (
        <ByReference image={image} />
      ) : (
        <FileFacts image={image} facts={facts} tasks={tasks ?? []} />
      )}
      <SentByPrompts />
    </Dialog>
  );
}

/** The same for a whole sheet: the sum of what is kept and was sent, compared with the originals. */
export function SentSumDialog({ onClose }: { onClose: () => void }) {
  const images = useSheet((state) => state.images);
  const pictures = useSheet((state) => state.pictures);
  const tasks = useSheet((state) => state.tasks);
  const { copies, files, byAddress, preparing } = sentSumOf([...images.values()]);
  const { byHash, complete } = useCopySizes(copies);
  const originalBytes = sum(files.map((hash) => pictures.get(hash)?.bytes ?? 0));
  const copyBytes = sum([...byHash.values()].map((copy) => copy.bytes));
  const sent = [...tasks.values()]
    .flat()
    .flatMap((task) => task.sent ?? [])
    .filter((one) => one.bytes > 0);
  const located = files.filter((hash) => pictures.get(hash)?.hasLocation === true).length;
  return (
    <Dialog title="What leaves your browser" onClose={onClose}>
      <Facts>
        <Fact label="Originals">
          {counted(files.length, "file")}, {formatBytes(originalBytes)}; they stay with you
          {preparing > 0 && `; ${preparing} still being prepared`}
        </Fact>
        <Fact label="Copies to send">
          {formatBytes(copyBytes)} at most{complete ? "" : ", still counting…"}
          {complete && copyBytes > 0 && originalBytes > copyBytes
            ? `: ${Math.round(originalBytes / copyBytes)} times less`
            : ""}
        </Fact>
        <Fact label="Sent so far">
          {sent.length === 0
            ? "nothing"
            : `${formatBytes(sum(sent.map((one) => one.bytes)))} in ${counted(sent.length, "task")}`}
        </Fact>
        {located > 0 && (
          <Fact label="Location">
            {counted(located, "original holds", "originals hold")} a location; no copy does
          </Fact>
        )}
        {byAddress > 0 && (
          <Fact label="By address">
            {counted(byAddress, "image is", "images are")} fetched by the service itself, unchanged,
            with whatever their files hold
          </Fact>
        )}
      </Facts>
      <p className="mt-4 text-ink-2">
        What is sent is an upright sRGB JPEG without any metadata. It goes with the model, the
        prompt and a number made up for the task.
      </p>
      <SentByPrompts />
    </Dialog>
  );
}

function SentByPrompts() {
  const fields = useSheet((state) => state.sheet.fields);
  return <p className="mt-2 text-ink-2">{sentByPrompts(fields)}</p>;
}

/** Says what the variables in the prompts of the asked fields send of the sheet’s own data. */
export function sentByPrompts(fields: Fields): string {
  const names = new Set(
    askedFields({ fields }).flatMap(({ recipe }) => variablesIn(askedRecipe(recipe).prompt ?? "")),
  );
  if (names.size === 0)
    return "The prompts name no variable, so nothing else goes with them: no file name, no note, no text that an image has.";
  const sent = [...names].map((name) => `${PROMPT_VARIABLES[name]} ({${name}})`).join(", ");
  const sendsNames = names.has("file") || names.has("folder");
  return `The prompts also send ${sent}${sendsNames ? "." : ", and no file name."}`;
}

/**
 * Sorts images by the way they would be sent: those whose copies would be, the hashes of the files that copies are of, how
 * many the service fetches itself, and how many are still being prepared. One that is known only by its hash would not be
 * sent.
 */
export function sentSumOf(images: readonly SheetImage[]) {
  const phases = images.map(({ preparation }) => preparation.phase);
  const split = partCounts(images);
  return {
    // Of a picture that is split only its parts are sent.
    copies: images.filter(({ id, preparation }) => preparation.phase === "ready" && !split.has(id)),
    files: images.flatMap(({ preparation, source }) =>
      preparation.phase === "ready" && source.kind !== "part" ? [preparation.pictureHash] : [],
    ),
    byAddress: phases.filter((phase) => phase === "remote").length,
    preparing: phases.filter((phase) => phase === "queued" || phase === "preparing").length,
  };
}

interface FileFactsProps {
  image: SheetImage;
  facts: PictureFacts;
  tasks: readonly Task[];
}

function FileFacts({ image, facts, tasks }: FileFactsProps) {
  const recipe = useSheet((state) => captionRecipe(state.sheet));
  const notes = useFrameNotes(image, facts);
  const isSplit = notes.some(({ key }) => key === "split");
  const sheet = useSheet((state) => state.sheet);
  const mount = mountOf(facts, recipe, sheet);
  const copy = useCopySizes([image]).byHash.get(facts.hash);
  const lastSent = tasks.findLast((task) => task.sent !== null)?.sent ?? null;
  return (
    <Facts>
      <Fact label="Original">
        {facts.width} × {facts.height} px
        {image.source.kind === "part"
          ? ` of ${image.source.fileName}`
          : `, ${facts.format.toUpperCase()}, ${formatBytes(facts.bytes)}`}
        ; stays with you
      </Fact>
      <Fact label="Sent next">
        {isSplit
          ? "nothing: its parts are sent"
          : copy === undefined
            ? "…"
            : sentText(copy, recipe, mount)}
      </Fact>
      {lastSent !== null && (
        <Fact label="Sent last">
          {lastSent.width === null || lastSent.height === null
            ? "its address"
            : `${lastSent.width} × ${lastSent.height} px, JPEG, ${formatBytes(lastSent.bytes)}`}
        </Fact>
      )}
      <Fact label="Removed">
        {facts.removed.map((part) => REMOVED[part]).join(", ") || "nothing"}
      </Fact>
      {notes.length > 0 && <Fact label="Note">{notes.map(({ text }) => text).join(" ")}</Fact>}
    </Facts>
  );
}

const REMOVED: Readonly<Record<RemovedPart, string>> = {
  location: "location",
  camera: "camera",
  "capture-date": "capture date",
  thumbnail: "embedded thumbnail",
  "other-metadata": "other metadata",
};

/** "1024 × 768 px, JPEG, 80 kB": a copy as it is sent; without its bytes if it is made anew for that. */
function sentText(copy: CopySize, recipe: Recipe, mount: Mount | null): string {
  const { width, height } = sentSizes(copy, recipe, mount).whole;
  const isAsKept = copy.mime === "image/jpeg" && width === copy.width && height === copy.height;
  return `${width} × ${height} px, JPEG${isAsKept ? `, ${formatBytes(copy.bytes)}` : ""}`;
}

function ByReference({ image: { source } }: { image: SheetImage }) {
  return (
    <p className="text-ink-2 wrap-anywhere">
      {source.kind === "url"
        ? `Only this address: ${source.url}. The service fetches the picture itself, with whatever its file holds.`
        : source.kind === "runware"
          ? "Only the image’s UUID: the service has kept the picture since it was uploaded."
          : "Nothing yet: the picture is not prepared here."}
    </p>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">{children}</dl>;
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
