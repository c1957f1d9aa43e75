import * as v from "valibot";
import { createStore, type StoreApi } from "zustand/vanilla";
import { MOST_PROMPT_CHARACTERS } from "#src/catalog/presets.ts";
import {
  MOST_PROMPT_NAME_CHARACTERS,
  MOST_PROMPT_NOTE_CHARACTERS,
  MOST_SAVED_PROMPTS,
  MOST_UNSAVED_PROMPTS,
  type SavedPrompt,
} from "#src/domain/saved-prompt.ts";
import type { Storage } from "#src/storage/storage.ts";
import type { Change } from "./history/undo-stack.ts";
import type { SheetServices } from "./sheet/open-sheet.ts";

/** What the user says of a prompt. */
export type PromptWords = Pick<SavedPrompt, "name" | "text" | "kind" | "limit" | "note">;

/** The user's own prompts on this device. Promises reject with storage's FailureError. */
export interface PromptLibrary {
  /** In the library's order; null until they have been read. */
  store: StoreApi<{ prompts: readonly SavedPrompt[] | null }>;
  /** Reads it again: another tab may have changed it. */
  refresh: () => Promise<void>;
  /** Adds a prompt, or with an id changes one. Resolves to its id. */
  save: (words: PromptWords, id?: string) => Promise<string>;
  duplicate: (id: string) => Promise<void>;
  /** Removes one; one undo brings it back. */
  remove: (id: string) => Promise<void>;
  /** Moves one up (-1) or down (1). */
  move: (id: string, by: 1 | -1) => Promise<void>;
  /** Keeps a text that another prompt takes the place of; does nothing if it is kept already. */
  keepUnsaved: (words: Pick<PromptWords, "text" | "kind" | "limit">) => Promise<void>;
  /** Adds the prompts of a file. Resolves to how many were new, and null if it is no such file. */
  bringIn: (text: string) => Promise<{ added: number; known: number; leftOut: number } | null>;
  /** All saved prompts, as a file to keep or to pass on. */
  fileText: () => string;
}

const FORMAT = "contact-sheet-prompts";

const filePromptSchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.nonEmpty()),
  text: v.pipe(v.string(), v.maxLength(MOST_PROMPT_CHARACTERS)),
  kind: v.fallback(v.picklist(["sentence", "title", "tags", "free"]), "free"),
  limit: v.fallback(
    v.nullable(
      v.object({
        most: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
        unit: v.picklist(["characters", "words", "tokens"]),
      }),
    ),
    null,
  ),
  note: v.fallback(v.string(), ""),
});

const fileSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(1),
  prompts: v.array(v.unknown()),
});

const libraries = new WeakMap<SheetServices, PromptLibrary>();

/** This device’s library: always the same one. */
export function libraryOf(services: SheetServices): PromptLibrary {
  const library =
    libraries.get(services) ??
    createPromptLibrary({ ...services, storage: services.storages.disk });
  libraries.set(services, library);
  return library;
}

/** Makes the library of a device. */
export function createPromptLibrary(
  services: Pick<SheetServices, "now" | "newId"> & {
    storage: Pick<Storage, "readPrompts" | "writePrompts">;
    undo: { push: (change: Change) => void };
  },
): PromptLibrary {
  const { storage, now, newId, undo } = services;
  const store = createStore<{ prompts: readonly SavedPrompt[] | null }>(() => ({ prompts: null }));
  const refresh = async (): Promise<void> =>
    store.setState({ prompts: await storage.readPrompts() });
  const read = async (): Promise<readonly SavedPrompt[]> => {
    // Another tab may have changed it.
    await refresh();
    return store.getState().prompts ?? [];
  };
  const write = async (change: Parameters<Storage["writePrompts"]>[0]): Promise<void> => {
    await storage.writePrompts(change);
    await refresh();
  };
  const placeAfter = (prompts: readonly SavedPrompt[]): number =>
    prompts.reduce((last, { place }) => Math.max(last, place), -1) + 1;
  return {
    store,
    refresh,
    save: async (words, id) => {
      const prompts = await read();
      const before = prompts.find((prompt) => prompt.id === id);
      const prompt = {
        id: before?.id ?? newId(),
        ...bounded(words),
        place: before === undefined || before.isUnsaved ? placeAfter(prompts) : before.place,
        changedAt: now(),
        isUnsaved: false,
      };
      // What is saved now need not be kept a second time.
      const removed = prompts
        .filter((other) => other.isUnsaved && other.text === words.text && other.id !== prompt.id)
        .map((other) => other.id);
      await write({ kept: [prompt], removed });
      return prompt.id;
    },
    duplicate: async (id) => {
      const prompts = await read();
      const at = prompts.findIndex((prompt) => prompt.id === id);
      const original = prompts[at];
      if (original === undefined) return;
      const name = nameBeside(original.name, prompts);
      const copy = { ...original, id: newId(), name, changedAt: now(), isUnsaved: false };
      await write({
        kept: inPlaces([...prompts.slice(0, at + 1), copy, ...prompts.slice(at + 1)]),
      });
    },
    remove: async (id) => {
      const removed = (await read()).find((prompt) => prompt.id === id);
      if (removed === undefined) return;
      await write({ removed: [id] });
      undo.push({
        label: `removing the prompt “${removed.name}”`,
        // It is no sheet's.
        sheetId: null,
        undo: () => write({ kept: [removed] }),
        redo: () => write({ removed: [id] }),
      });
    },
    move: async (id, by) => {
      const prompts = [...(await read())];
      const at = prompts.findIndex((prompt) => prompt.id === id);
      const [moved] = prompts.splice(at, 1);
      if (at < 0 || moved === undefined) return;
      prompts.splice(Math.min(prompts.length, Math.max(0, at + by)), 0, moved);
      await write({ kept: inPlaces(prompts) });
    },
    keepUnsaved: async ({ text, kind, limit }) => {
      const prompts = await read();
      if (text.trim() === "" || prompts.some((prompt) => prompt.text === text)) return;
      const at = now();
      const kept = { id: newId(), name: "", text, kind, limit, note: "", place: 0 };
      const old = prompts
        .filter(({ isUnsaved }) => isUnsaved)
        .toSorted((a, b) => b.changedAt - a.changedAt)
        .slice(MOST_UNSAVED_PROMPTS - 1);
      await write({
        kept: [{ ...kept, changedAt: at, isUnsaved: true }],
        removed: old.map(({ id }) => id),
      });
    },
    bringIn: async (text) => {
      const file = readPromptFile(text);
      if (file === null) return null;
      const prompts = await read();
      const added = file.prompts
        .filter((one) =>
          prompts.every(({ name, text: words }) => name !== one.name || words !== one.text),
        )
        .slice(0, Math.max(0, MOST_SAVED_PROMPTS - prompts.length));
      const [place, changedAt] = [placeAfter(prompts), now()];
      const row = { changedAt, isUnsaved: false };
      await write({
        kept: added.map((words, index) => ({
          id: newId(),
          ...words,
          ...row,
          place: place + index,
        })),
      });
      const { leftOut } = file;
      return { added: added.length, known: file.prompts.length - added.length, leftOut };
    },
    fileText: () => {
      const prompts = (store.getState().prompts ?? [])
        .filter(({ isUnsaved }) => !isUnsaved)
        .map(({ name, text, kind, limit, note }) => ({ name, text, kind, limit, note }));
      return `${JSON.stringify({ format: FORMAT, version: 1, prompts }, null, 2)}\n`;
    },
  };
}

/** The prompts of a file, each once, and how many entries are none; null if it is no such file. */
function readPromptFile(text: string): { prompts: PromptWords[]; leftOut: number } | null {
  const file = v.safeParse(fileSchema, parseJson(text));
  if (!file.success) return null;
  const rows = file.output.prompts.flatMap((row) => {
    const prompt = v.safeParse(filePromptSchema, row);
    return prompt.success ? [bounded(prompt.output)] : [];
  });
  const distinct = new Map(rows.map((row) => [JSON.stringify([row.name, row.text]), row]));
  return { prompts: [...distinct.values()], leftOut: file.output.prompts.length - rows.length };
}

function bounded({ name, text, kind, limit, note }: PromptWords): PromptWords {
  return {
    name: name.trim().slice(0, MOST_PROMPT_NAME_CHARACTERS),
    text: text.slice(0, MOST_PROMPT_CHARACTERS),
    kind,
    limit,
    note: note.slice(0, MOST_PROMPT_NOTE_CHARACTERS),
  };
}

function inPlaces(prompts: readonly SavedPrompt[]): SavedPrompt[] {
  return prompts.map((prompt, place) => ({ ...prompt, place }));
}

/** "Shop (2)": a name that no other prompt has. */
function nameBeside(name: string, prompts: readonly SavedPrompt[]): string {
  const taken = new Set(prompts.map((prompt) => prompt.name));
  let number = 2;
  while (taken.has(`${name} (${number})`)) number += 1;
  return `${name} (${number})`;
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}
