/** The cluster that this server is a node of, as it saw it last. */
export interface ClusterStateView {
  /** This server. */
  readonly nodeId: string;
  readonly leaseMs: number;
  /** How long ago it was seen so, in milliseconds; absent: this server has lost its lease. */
  readonly ageMs?: number;
  /** Those that are alive, in the order of their names. */
  readonly nodes: readonly ClusterNodeView[];
  /** How many partitions the store has. */
  readonly partitions: number;
  /** Those that no live node has: what runs in them waits. */
  readonly withoutOwner: readonly number[];
  /** Since this server began: partitions that it took over, and those that it lost to others or with its lease. */
  readonly takenOver: number;
  readonly lost: number;
  /** How the database was set up when this server began; absent: it is not known. */
  readonly database?: DatabaseView;
}

export interface ClusterNodeView {
  readonly nodeId: string;
  /** Where other nodes reach it. */
  readonly address: string;
  /** Of Stepwell. */
  readonly version: string;
  /** By its own clock. */
  readonly startedAt: number;
  readonly isLeaving: boolean;
  readonly partitions: number;
  /** As far as is known now; negative: it has run out since. */
  readonly leaseLeftMs: number;
}

export interface DatabaseView {
  readonly version: string;
  readonly settings: readonly {
    readonly name: DatabaseSetting;
    /** As the database says it; `unknown` where it has no such setting. */
    readonly value: string;
    /** Something that was accepted may be lost, or damaged. */
    readonly isRisky: boolean;
  }[];
}

export type DatabaseSetting = "fsync" | "full_page_writes" | "synchronous_commit";
