/** Documented: AWS Step Functions pricing, us-east-1, list prices in USD without the free tier. */
const perTransition = 0.025 / 1_000;
const perExpressRequest = 1 / 1_000_000;
/** Of the first 1,000 GB-hours of a month: beyond them it is cheaper. */
const perGbSecond = 0.000_016_67;
/** Documented: duration is rounded up to 100 ms, memory to 64 MB. What it used is not known here: it is the least. */
const durationStepMs = 100;
const leastGb = 64 / 1_024;

/** What AWS would have charged for an execution, so far, in USD. */
export function awsCharge({
  type,
  transitions,
  tookMs,
}: {
  readonly type: "STANDARD" | "EXPRESS";
  readonly transitions: number;
  readonly tookMs: number;
}): number {
  if (type === "STANDARD") return transitions * perTransition;
  const seconds = (Math.ceil(tookMs / durationStepMs) * durationStepMs) / 1_000;
  return perExpressRequest + seconds * leastGb * perGbSecond;
}

/** *Documented*: to enter a state is a transition, and so is each attempt after its first. */
export function transitionsOfVisits(
  visits: readonly { readonly attempts: readonly unknown[] }[],
): number {
  return visits.reduce((sum, { attempts }) => sum + Math.max(1, attempts.length), 0);
}
