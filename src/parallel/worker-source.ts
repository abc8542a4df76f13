/**
 * The worker as the text of one classic script. The build puts it here (scripts/worker-source.mjs); where it does not, a
 * pool has no workers but those it is given.
 */
export const workerSource: string | undefined = undefined;
