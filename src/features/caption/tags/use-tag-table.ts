import { useEffect, useMemo, useState } from "react";
import type { FieldId } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { Standing } from "#src/features/caption/list/standing.ts";
import { inSlices } from "#src/lib/in-slices.ts";
import { report } from "#src/sheet/tell.ts";
import { countTags, tagTable, type TagTable } from "./tag-table.ts";

// So many images are counted within a frame.
const MOST_AT_ONCE = 500;

type ById = ReadonlyMap<ImageId, Standing>;

/**
 * The tags of a field; null until those of a large sheet are counted. While a large sheet changes the table is that of a
 * moment ago.
 */
export function useTagTable(byId: ById, fieldId: FieldId): TagTable | null {
  const isLarge = byId.size > MOST_AT_ONCE;
  const small = useMemo(() => (isLarge ? null : tagTable(byId, fieldId)), [isLarge, byId, fieldId]);
  const [counting, setCounting] = useState(byId);
  const [counted, setCounted] = useState<{ of: ById; table: TagTable } | null>(null);
  // A count is never given up for a newer one: during a run none would come to its end.
  if (counted?.of === counting && counting !== byId) setCounting(byId);
  useEffect(() => {
    if (!isLarge) return undefined;
    const leaving = new AbortController();
    const { signal } = leaving;
    report(
      inSlices(countTags(counting, fieldId), signal).then(
        (table) => {
          if (!signal.aborted) setCounted({ of: counting, table });
        },
        (error: unknown) => {
          if (!signal.aborted) throw error;
        },
      ),
    );
    return () => leaving.abort();
  }, [isLarge, counting, fieldId]);
  return small ?? counted?.table ?? null;
}
