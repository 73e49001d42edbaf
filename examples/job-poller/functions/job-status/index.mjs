export async function handler({ job, now }) {
  return Date.parse(now) >= Date.parse(job.finishesAt) ? "SUCCEEDED" : "RUNNING";
}
