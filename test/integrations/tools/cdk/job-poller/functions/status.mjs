export async function handler({ looks, ...job }) {
  const left = looks - 1;
  return { ...job, looks: left, status: left > 0 ? "RUNNING" : "SUCCEEDED" };
}
