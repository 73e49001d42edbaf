export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** *Documented*: what is made of periods without a value. */
export const missingDataTreatments = ["missing", "ignore", "breaching", "notBreaching"] as const;
export type MissingDataTreatment = (typeof missingDataTreatments)[number];

export const comparisons = {
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
} as const;
export type Comparison = keyof typeof comparisons;

export interface AlarmRule {
  readonly comparison: Comparison;
  readonly threshold: number;
  /** Of the periods that are looked at, how many have to be beyond the threshold. */
  readonly datapointsToAlarm: number;
  readonly treatMissingData: MissingDataTreatment;
}

/**
 * The state of an alarm from the values of its last periods; `undefined`: it stays as it is. *Documented*, but that
 * AWS looks at some periods before them where values are missing, which is not done here.
 */
export function judge(
  values: readonly (number | undefined)[],
  { comparison, threshold, datapointsToAlarm, treatMissingData }: AlarmRule,
): AlarmState | undefined {
  const isBeyond = comparisons[comparison];
  let beyond = 0;
  let within = 0;
  let missing = 0;
  for (const value of values) {
    if (value === undefined && treatMissingData === "breaching") beyond++;
    else if (value === undefined && treatMissingData === "notBreaching") within++;
    else if (value === undefined) missing++;
    else if (isBeyond(value, threshold)) beyond++;
    else within++;
  }
  if (beyond >= datapointsToAlarm) return "ALARM";
  const isOpen = missing > 0 && beyond + missing >= datapointsToAlarm;
  if (!isOpen) return "OK";
  if (treatMissingData === "ignore") return undefined;
  if (beyond + within === 0) return "INSUFFICIENT_DATA";
  return within === 0 ? "ALARM" : "OK";
}
