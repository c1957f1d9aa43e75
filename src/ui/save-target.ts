declare global {
  interface Window {
    /** Not in every browser (File System Access). */
    showSaveFilePicker?: (options: {
      suggestedName: string;
      types: readonly {
        description: string;
        accept: Readonly<Record<string, readonly string[]>>;
      }[];
    }) => Promise<FileSystemFileHandle>;
  }
}

/** Where a long file goes: a place the user chose, or the browser's downloads. */
export interface SaveTarget {
  fileName: string;
  /**
   * Writes the stream to its end and returns how many bytes that were. If it fails or the signal ends it, the place is
   * left as it was; rejects with what the stream or the place threw.
   */
  write: (stream: ReadableStream<Uint8Array>, signal: AbortSignal) => Promise<number>;
}

/** Asks where to save, if the browser lets a page ask; call it directly from a press. Null if the user cancelled. */
export async function chooseSaveTarget(
  suggestedName: string,
  type: { description: string; mime: string; extension: string },
): Promise<SaveTarget | null> {
  if (window.showSaveFilePicker === undefined) return downloads(suggestedName, type.mime);
  const { description, mime, extension } = type;
  try {
    const types = [{ description, accept: { [mime]: [extension] } }];
    return placeOf(await window.showSaveFilePicker({ suggestedName, types }));
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    // The press is too long ago, or a policy forbids asking.
    return downloads(suggestedName, mime);
  }
}

function downloads(fileName: string, mime: string): SaveTarget {
  return {
    fileName,
    write: async (stream, signal) => {
      const blob = await new Response(stream, { headers: { "Content-Type": mime } }).blob();
      signal.throwIfAborted();
      download(blob, fileName);
      return blob.size;
    },
  };
}

function placeOf(handle: FileSystemFileHandle): SaveTarget {
  return {
    fileName: handle.name,
    write: async (stream, signal) => {
      try {
        await stream.pipeTo(await handle.createWritable(), { signal });
      } catch (error) {
        await removeUnwritten(handle).catch(() => undefined);
        throw error;
      }
      return (await handle.getFile()).size;
    },
  };
}

// A file that existed before still holds what it held; one that asking has created is empty.
async function removeUnwritten(handle: FileSystemFileHandle & { remove?: () => Promise<void> }) {
  if ((await handle.getFile()).size === 0) await handle.remove?.();
}

/** Hands a file to the browser's downloads. */
export function download(content: Blob | string, fileName: string, mime = "text/plain"): void {
  const blob = typeof content === "string" ? new Blob([content], { type: mime }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  // Some browsers read the address only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
