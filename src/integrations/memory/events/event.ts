/** An event on a bus. */
export interface BusEvent {
  readonly id: string;
  readonly bus: string;
  readonly region: string;
  readonly source: string;
  readonly detailType: string;
  readonly at: number;
  /** The whole event as rules and targets see it. */
  readonly text: string;
  readonly bytes: number;
}
