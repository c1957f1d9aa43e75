/** Writes `count` JPEGs of 300 px, each another face and the same for the same number; resolves to their names. */
export function drawFaces(folder: string, count: number): Promise<string[]>;
