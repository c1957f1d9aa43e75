/** Where the service listens unless the environment says otherwise. */
export const DEFAULT_SERVICE_URL = "https://api.runware.ai/v1";

/**
 * Where a proxy takes tasks and reports its health, below its base address (which ends in /api).
 */
export const TASKS_PATH = "/v1";
export const HEALTH_PATH = "/health";

/** Asks the service to validate and price a request without running it; the value is "1". */
export const DRY_RUN_HEADER = "X-Runware-Dry-Run";

/** The metric of our `Server-Timing` header that holds the milliseconds a proxy waited for the service. */
export const SERVICE_TIMING = "service";
