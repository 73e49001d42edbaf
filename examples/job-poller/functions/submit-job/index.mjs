/**
 * Starts a job, as a batch system would. The time comes from the workflow, so that the example also works with
 * `stepwell run --skip-waits`, where time jumps ahead.
 */
export async function handler({ jobName, durationSeconds, now }) {
  return {
    jobId: `job-${jobName}`,
    finishesAt: new Date(Date.parse(now) + durationSeconds * 1000).toISOString(),
  };
}
