/** The most bytes a proxy takes in one POST. */
export const MOST_BODY_BYTES = 12 * 1024 * 1024;

/** The most tasks a proxy takes in one POST. */
export const MOST_TASKS = 20;
