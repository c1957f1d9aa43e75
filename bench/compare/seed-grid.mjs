// @ts-check

/**
 * Fills a sheet with pictures and answers, written as the app writes them. Runs in the page.
 * @param {{ sheetId: string, images: number, columns: readonly { model: string, prompt?: string }[] }} wanted
 */
export async function seedGrid({ sheetId, images, columns }) {
  const WORDS =
    "harbour boats moored quiet morning light two men study map folding table cups mist behind them red kite over salt flat".split(
      " ",
    );
  /** @param {number} seed @param {number} count */
  const sentence = (seed, count) =>
    Array.from(
      { length: count },
      (_, at) => WORDS[(seed * 7 + at * (3 + (seed % 4))) % WORDS.length],
    ).join(" ");
  const canvas = new OffscreenCanvas(320, 213);
  const brush = canvas.getContext("2d");
  /** @param {number} seed */
  const draw = async (seed) => {
    if (brush === null) throw new Error("no canvas");
    brush.fillStyle = `hsl(${(seed * 37) % 360} 60% 60%)`;
    brush.fillRect(0, 0, 320, 213);
    for (let dot = 0; dot < 400; dot += 1) {
      brush.fillStyle = `hsl(${(seed * 37 + dot * 13) % 360} 50% ${30 + (dot % 50)}%)`;
      brush.fillRect((dot * 97 + seed * 31) % 320, (dot * 61) % 213, 9, 9);
    }
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
    return { bytes: await blob.arrayBuffer(), mime: "image/jpeg", width: 320, height: 213 };
  };
  const pictures = [];
  for (let index = 0; index < images; index += 1) pictures.push(await draw(index));
  /** @type {IDBDatabase} */
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open("contact-sheet");
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
  const stores = ["images", "pictures", "thumbnails", "copies", "tasks"];
  const transaction = database.transaction(stores, "readwrite");
  for (const [index, picture] of pictures.entries()) {
    const hash = `grid-${index}`;
    const imageId = crypto.randomUUID();
    /** @type {import("../../src/domain/image.ts").SheetImage} */
    const image = {
      id: imageId,
      sheetId,
      frame: index + 1,
      source: { kind: "file", fileName: `picture-${index + 1}.jpg`, folder: "" },
      preparation: { phase: "ready", pictureHash: hash },
      addedAt: index,
      deletedAt: null,
    };
    transaction.objectStore("images").put(image);
    transaction.objectStore("pictures").put({
      facts: {
        hash,
        format: "jpeg",
        bytes: 2_000_000,
        width: 4032,
        height: 2688,
        orientation: 1,
        capturedAt: null,
        camera: null,
        hasLocation: false,
        removed: [],
        notes: [],
      },
      copySide: 320,
      addedAt: index,
    });
    transaction.objectStore("thumbnails").put(picture, hash);
    transaction.objectStore("copies").put(picture, [hash, 0]);
    for (const [place, column] of columns.entries()) {
      const isAge = column.model === "runware:154@1";
      const takesPrompt = !isAge && column.model !== "runware:151@1";
      const seed = index * columns.length + place;
      const prompt = takesPrompt ? (column.prompt ?? "Describe.") : null;
      /** @type {import("../../src/domain/task.ts").Task} */
      const task = {
        taskUuid: crypto.randomUUID(),
        sheetId,
        imageId,
        runId: "grid",
        askedBy: "compare",
        fieldId: null,
        recipe: { modelId: column.model, prompt, sentSize: "auto" },
        promptSent: prompt,
        repeat: 1,
        purse: "sandbox",
        state: {
          phase: "done",
          answer: isAge
            ? {
                kind: "age",
                verdict: { label: "21-44", range: { low: 21, high: 44 }, confidence: 0.9 },
              }
            : { kind: "caption", text: `${sentence(seed, 18 + (seed % 30))}.` },
          source: "sandbox",
          costMicroUsd: 1300 + (seed % 600),
        },
        times: {
          createdAt: index,
          preparingAt: index + 100,
          firstSentAt: index + 150,
          sentAt: index + 150,
          endedAt: index + 1150 + (seed % 900),
          serviceMs: null,
        },
        sent: { width: 1024, height: 683, bytes: 120_000 },
        holdMicroUsd: 0,
        deletedAt: null,
      };
      transaction.objectStore("tasks").put(task);
    }
  }
  await new Promise((resolve, reject) => {
    transaction.addEventListener("complete", resolve);
    transaction.addEventListener("abort", () => reject(transaction.error));
  });
  database.close();
}
