import type { HealthCheck, HealthView, NearLimit } from "./home.ts";
import type { MetricsView } from "./metrics.ts";
import type { MeView } from "./people.ts";

/** Where the console is: what it shows beside every page. */
export interface SessionView {
  readonly version: string;
  /** Names what is served: a page that was loaded from another one is to be loaded again. */
  readonly build: string;
  readonly region: string;
  readonly accountId: string;
  /** Regions that anything is in. */
  readonly regions: readonly string[];
  /** The address that clients of the API use. */
  readonly endpoint: string;
  /** The server's clock. */
  readonly now: number;
  /** Services are answered from memory, and can be looked into. */
  readonly standIns?: "memory";
  /** Who is signed in; absent where nobody is asked who he is. */
  readonly me?: MeView;
  /** Calls are written down, and can be looked at. */
  readonly audit?: true;
}

/** How this server was started. */
export interface ServerView {
  readonly version: string;
  readonly node: string;
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
  readonly regions: readonly string[];
  readonly startedAt: number;
  readonly now: number;
  readonly dataDir?: string;
  readonly retentionDays?: number;
  readonly waitTimeScale?: number;
  /** By the names of `Limits`. */
  readonly limits?: { readonly [name: string]: number };
  /** It is a node of a cluster, which can be looked at. */
  readonly isNode?: true;
  readonly awsLimits: { readonly [name: string]: number };
}

/** Where what is durable is, how much of it there is, and how much there will be. */
export interface StorageView {
  /** Absent: it is in memory only, and ends with the process. */
  readonly dataDir?: string;
  /** It is in a database that other servers have open, too: the data directory has only what is this server's own. */
  readonly isShared?: true;
  /** Bytes of each part of the data directory. */
  readonly parts: readonly { readonly part: StoragePart; readonly bytes: number }[];
  readonly disk?: HealthCheck;
  readonly commit?: HealthCheck;
  readonly retention?: RetentionEstimate;
}

export type StoragePart = "database" | "writeAheadLog" | "logs" | "objects" | "other";

/** What keeping closed executions for so long comes to, if it goes on as it did. */
export interface RetentionEstimate {
  readonly days: number;
  /** Executions that are known, and when the oldest of them started. */
  readonly kept: number;
  readonly since?: number;
  /** There are older ones that are not known here: what follows is too little. */
  readonly isPartial: boolean;
  /** Absent: too little is known to say. */
  readonly perDay?: number;
  readonly bytesPerDay?: number;
  readonly bytesInTheEnd?: number;
}

/** What helps whoever looks for the cause of trouble, without names of workflows, payloads, paths or addresses. */
export interface DiagnosticsView {
  readonly generatedAt: string;
  readonly server: {
    readonly version: string;
    readonly node: string;
    readonly platform: string;
    readonly cpus: number;
    readonly memoryBytes: number;
    readonly uptimeSeconds: number;
    readonly retentionDays?: number;
    readonly waitTimeScale?: number;
    readonly limits?: { readonly [name: string]: number };
  };
  readonly health: HealthView;
  readonly storage: Omit<StorageView, "dataDir">;
  readonly executions: { readonly [status: string]: number };
  readonly workflows: { readonly [type: string]: number };
  readonly nearLimits: readonly Pick<NearLimit, "limit" | "used" | "most">[];
  readonly callTargets: readonly Omit<CallTarget, "because">[];
  readonly metrics: MetricsView;
}

/** Who answers the calls of a service here. */
export interface CallTarget {
  readonly name: string;
  readonly service: string;
  readonly usedFor: "task" | "map data" | "logs";
  readonly to: "AWS" | "standIn" | "nowhere" | "notInstalled";
  /** Why; of `notInstalled` the package that is missing. */
  readonly because: string;
  /** What answers where neither AWS nor a stand-in does. */
  readonly otherwise: "local functions" | "local folder" | "failure" | "nothing";
}
