/** An activity, and how many wait for it on both sides. */
export interface ActivityRow {
  readonly activityArn: string;
  readonly name: string;
  readonly creationDate: number;
  /** Tasks that no worker has taken. */
  readonly queued: number;
  /** There are more of them than were counted. */
  readonly isMore: boolean;
  /** When the oldest of them was scheduled. */
  readonly oldest?: number;
  /** Workers that wait for a task on this server now. */
  readonly pollers: number;
  /** Those that asked for a task since it began, by the names that they give, the last one first. */
  readonly workers: readonly ActivityWorkerView[];
}

export interface ActivityWorkerView {
  /** Absent: it gives none. */
  readonly name?: string;
  /** Calls that wait now. */
  readonly waiting: number;
  /** When it asked last, or was answered. */
  readonly lastSeen: number;
}
