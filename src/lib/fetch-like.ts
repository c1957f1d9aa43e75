/** The part of fetch that the app uses; passed in, so that tests bring the sandbox's own. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;
