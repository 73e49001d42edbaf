/** Something that people or programs are told. */
export interface Notification {
  readonly subject: string;
  /** For people. */
  readonly text: string;
  /** For programs: JSON, as it is sent to a webhook or published to a topic. */
  readonly document: { readonly [member: string]: unknown };
}

/** Tells somebody: the ARN of an SNS topic, `https://…` for a webhook, `mailto:…`. Rejects if it could not be done. */
export type Notify = (target: string, notification: Notification) => Promise<void>;

/** Whether a text is a target that {@link Notify} knows. */
export function isNotificationTarget(target: string): boolean {
  return /^(?:arn:[a-z-]+:sns:|https?:\/\/|mailto:.+@)/.test(target);
}
