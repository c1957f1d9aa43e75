// @ts-check

/**
 * Fills the sheet that is there with images in folders, each with a text in three fields, written as the app writes
 * them. All images show the picture that is on the sheet already. Runs in the page.
 * @param {{ images: number, folders: number }} wanted
 */
export async function seedDesk({ images, folders }) {
  const WORDS =
    "harbour boats moored quiet morning light two men study map folding café cups mist behind them red kite over salt flat".split(
      " ",
    );
  /** @param {number} seed @param {number} count */
  const sentence = (seed, count) =>
    Array.from(
      { length: count },
      (_, at) => WORDS[(seed * 7 + at * (3 + (seed % 4))) % WORDS.length],
    ).join(" ");
  /** @type {IDBDatabase} */
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open("contact-sheet");
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
  /**
   * @template Row
   * @param {string} store
   * @returns {Promise<Row[]>}
   */
  const rowsOf = (store) =>
    new Promise((resolve) => {
      const request = database.transaction(store).objectStore(store).getAll();
      request.addEventListener("success", () => resolve(request.result));
    });
  /** @type {import("../../src/domain/image.ts").SheetImage | undefined} */
  let first;
  // It is written once it is prepared.
  while (first === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    [first] = await rowsOf("images");
  }
  /** @type {import("../../src/domain/sheet.ts").Sheet[]} */
  const sheets = await rowsOf("sheets");
  const sheet = sheets.find(({ id }) => id === first.sheetId);
  if (sheet === undefined) throw new Error("There is no sheet to fill.");
  const transaction = database.transaction(["sheets", "images", "tasks"], "readwrite");
  const [caption] = sheet.fields;
  const limit = { most: 125, unit: "characters" };
  const fields = [
    { ...caption, limit },
    { ...caption, id: "title", name: "Title", kind: "title" },
    { ...caption, id: "tags", name: "Keywords", kind: "tags" },
  ];
  transaction.objectStore("sheets").put({ ...sheet, fields });
  for (let index = 1; index < images; index += 1) {
    const imageId = crypto.randomUUID();
    const folder = `folder ${Math.floor((index * folders) / images)}`;
    const source = { kind: "file", fileName: `IMG_${(index * 7919) % images}.jpg`, folder };
    transaction.objectStore("images").put({ ...first, id: imageId, frame: index + 1, source });
    for (const [place, { id: fieldId, recipe }] of fields.entries())
      transaction.objectStore("tasks").put({
        taskUuid: crypto.randomUUID(),
        sheetId: sheet.id,
        imageId,
        runId: "desk",
        askedBy: "caption",
        fieldId,
        recipe,
        promptSent: recipe.prompt,
        repeat: 1,
        purse: "sandbox",
        state: {
          phase: "done",
          // Each number is a word that so many images have.
          answer: {
            kind: "caption",
            text: `${sentence(index * 3 + place, place === 0 ? 22 : 6)} by${index % 7} at${index % 11} no${index}.`,
          },
          source: "sandbox",
          costMicroUsd: 1300 + (index % 600),
        },
        times: {
          createdAt: index,
          preparingAt: index + 100,
          firstSentAt: index + 150,
          sentAt: index + 150,
          endedAt: index + 1150,
          serviceMs: null,
        },
        sent: { width: 1024, height: 683, bytes: 120_000 },
        holdMicroUsd: 0,
        deletedAt: null,
      });
  }
  await new Promise((resolve, reject) => {
    transaction.addEventListener("complete", resolve);
    transaction.addEventListener("abort", () => reject(transaction.error));
  });
  database.close();
}
