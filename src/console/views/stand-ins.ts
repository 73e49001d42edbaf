/** What is in the services that are answered from memory: `--stand-ins memory`. */
export interface StandInsView {
  /** The server's clock. */
  readonly now: number;
  readonly usedBytes: number;
  readonly mostBytes: number;
  readonly queues: readonly StandInQueue[];
  readonly topics: readonly StandInTopic[];
  readonly tables: readonly StandInTable[];
  readonly buses: readonly StandInBus[];
  /** The newest first. */
  readonly events: readonly StandInEvent[];
}

export interface StandInQueue {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly url: string;
  readonly waiting: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Forgotten because there were too many. */
  readonly dropped: number;
}

export interface StandInMessage {
  readonly id: string;
  /** Its beginning, if it is long. */
  readonly body: string;
  readonly standing: "waiting" | "inFlight" | "delayed";
  readonly sentAt: number;
  /** When somebody can have it; past for what is waiting. */
  readonly visibleAt: number;
  readonly receiveCount: number;
  readonly groupId?: string;
  /** By their names, as texts. */
  readonly attributes: { readonly [name: string]: string };
}

export interface StandInTopic {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly published: number;
  readonly lastPublishedAt?: number;
  readonly subscriptions: readonly {
    readonly arn: string;
    readonly queueName: string;
    readonly queueArn: string;
    readonly filterPolicy?: string;
  }[];
}

export interface StandInTable {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly partitionKey: string;
  readonly sortKey?: string;
  readonly indexes: readonly string[];
  readonly items: number;
  readonly bytes: number;
}

export interface StandInItem {
  /** The values of its keys. */
  readonly key: string;
  /** JSON text: sets are lists, bytes base64. */
  readonly item: string;
}

export interface StandInBus {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly published: number;
  readonly rules: readonly {
    readonly name: string;
    readonly pattern: string;
    readonly isEnabled: boolean;
    /** ARNs. */
    readonly targets: readonly string[];
  }[];
}

export interface StandInEvent {
  readonly id: string;
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly at: number;
  /** JSON text, whole. */
  readonly event: string;
}

/** The beginning of a list, and how long it is. */
export interface StandInList<T> {
  readonly shown: readonly T[];
  readonly total: number;
}
