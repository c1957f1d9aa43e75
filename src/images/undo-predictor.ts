export interface PredictedRows {
  rowBytes: number;
  /** Samples per pixel. */
  samples: number;
  bitsPerSample: number;
  littleEndian: boolean;
}

/** Turns differences from the pixel to the left back into samples, in place (TIFF 6.0, section 14, predictor 2). */
export function undoPredictor(data: Uint8Array, rows: PredictedRows): void {
  for (let start = 0; start + rows.rowBytes <= data.length; start += rows.rowBytes) {
    const row = data.subarray(start, start + rows.rowBytes);
    if (rows.bitsPerSample === 16) undoRow16(row, rows);
    else undoRow8(row, rows.samples);
  }
}

function undoRow8(row: Uint8Array, samples: number): void {
  for (let at = samples; at < row.length; at += 1)
    row[at] = (row[at] ?? 0) + (row[at - samples] ?? 0);
}

function undoRow16(row: Uint8Array, { samples, littleEndian }: PredictedRows): void {
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  const step = samples * 2;
  for (let at = step; at + 2 <= row.length; at += 2) {
    const value = view.getUint16(at, littleEndian) + view.getUint16(at - step, littleEndian);
    view.setUint16(at, value & 0xffff, littleEndian);
  }
}
