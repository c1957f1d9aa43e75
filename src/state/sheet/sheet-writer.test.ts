import { expect, test } from "vitest";
import { captionRecipe, newCaptionField, withCaptionRecipe } from "#src/domain/field.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import type { RowsWritten } from "./sheet-channel.ts";
import { createSheetStore } from "./sheet-store.ts";
import { createSheetWriter } from "./sheet-writer.ts";

const sheet: Sheet = {
  id: "s",
  name: "Spring",
  keeping: "memory",
  fields: [newCaptionField({ modelId: "m", prompt: "", sentSize: "auto" })],
  run: { mostInFlight: 4, delivery: "sync", capMicroUsd: null },
  copySide: 1536,
  compare: null,
  ageCheck: null,
  filePictures: "none",
  createdAt: 0,
  editedAt: 0,
  deletedAt: null,
};

function withPrompt(prompt: string): Sheet {
  return {
    ...sheet,
    fields: withCaptionRecipe(sheet.fields, { ...captionRecipe(sheet), prompt }),
  };
}

test("a setting that is saved late does not take back what was typed in the meantime", async () => {
  const memory = createMemoryStorage();
  const waiting: (() => void)[] = [];
  const storage: typeof memory = {
    ...memory,
    write: async (rows) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
      return memory.write(rows);
    },
  };
  const told: RowsWritten[] = [];
  const sheetStore = createSheetStore(
    {
      sheet,
      images: [],
      tasks: [],
      marks: [],
      pictures: [],
      skipped: [],
      spentMicroUsd: { sandbox: 0, runware: 0, device: 0 },
      run: null,
    },
    true,
  );
  const channel = {
    post: (rows: RowsWritten) => told.push(rows),
    close: () => undefined,
    onRows: () => undefined,
  };
  const writer = createSheetWriter({ storage, sheetStore, channel });
  const type = (prompt: string) => {
    sheetStore.show({ sheet: withPrompt(prompt) });
    sheetStore.flush();
    return writer.write({ sheet: withPrompt(prompt) });
  };
  const first = type("H");
  const second = type("He");
  waiting[0]?.();
  await first;
  sheetStore.flush();
  expect(captionRecipe(sheetStore.store.getState().sheet).prompt).toBe("He");
  waiting[1]?.();
  await second;
  expect((await storage.readSheet("s"))?.sheet.fields[0].recipe.prompt).toBe("He");
  expect(told.at(-1)?.sheet?.fields[0].recipe.prompt).toBe("He");
});
