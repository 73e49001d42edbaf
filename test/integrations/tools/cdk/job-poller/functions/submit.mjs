export async function handler({ job, looks = 2 }) {
  return { job, looks, waitSeconds: 1, status: "SUBMITTED" };
}
