import examples from "./published-examples.json" with { type: "json" };

/** A request and its answer, as the service's model pages publish them. */
export interface PublishedExample {
  title: string;
  request: {
    taskType: string;
    taskUUID: string;
    model: string;
    prompt?: string | undefined;
    inputs: { image: string };
  };
  response: {
    taskType: string;
    taskUUID: string;
    /** US dollars. */
    cost: number;
    text?: string | undefined;
    structuredData?: { ageGroup: string; confidence: number } | undefined;
  };
}

/**
 * All twelve, unaltered: fixtures for the client's tests, and what the stand-in repeats for their pictures.
 */
export const PUBLISHED_EXAMPLES: readonly PublishedExample[] = examples;
