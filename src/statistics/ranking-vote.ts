/**
 * One row's vote: which answers were shown, and which was picked. Rows in which all were bad are not votes.
 */
export interface RankingVote {
  /** Columns by index, each once, with the words of its answer. */
  shown: readonly { column: number; words: number }[];
  /** A column's index; null for a tie of all that were shown. */
  picked: number | null;
}
