import { FailureError } from "#src/domain/failure.ts";
import { fileFailure } from "#src/domain/file-failure.ts";

/**
 * A file that was found in a folder and is opened only when its turn comes: opening ten thousand takes seconds, and one that
 * can't be opened keeps none of the others back.
 */
export interface FoundFile {
  name: string;
  /** With "/" between its parts, the file's name at the end. */
  path: string;
  open: () => Promise<File>;
}

/** Opens a file that was offered. Rejects with a FailureError that says why it can't be read. */
export async function openFile(file: File | FoundFile): Promise<File> {
  if (file instanceof File) return file;
  try {
    return await file.open();
  } catch (error) {
    throw new FailureError(fileFailure(error, "file"));
  }
}
