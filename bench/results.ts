import type { Calibration } from "./calibration.ts";
import type { CallbackFigures } from "./measure/callbacks.ts";
import type { ClusterFigures } from "./measure/cluster.ts";
import type { BesideFigures } from "./measure/beside.ts";
import type { ScrapeFigures } from "./measure/scrapes.ts";
import type { DistributedMapFigures } from "./measure/distributed-map.ts";
import type { StartUpFigures } from "./measure/start-up.ts";
import type { TakeoverFigures } from "./measure/takeover.ts";
import type { WorkflowFigures } from "./measure/workflows.ts";
import type { PeerFigures } from "./peers/peer-figures.ts";

/** A peer's figures, or why there are none. */
export type PeerResult = PeerFigures | { readonly notMeasured: string };

/** Evaluations per second of one JSONata expression. */
export interface JsonataFigures {
  readonly expression: string;
  readonly ours: number;
  readonly package: number;
}

/** What one run measured; members are absent where `--only` left them out. */
export interface Results {
  calibration?: Calibration;
  calibrationAfter?: Calibration;
  w0?: WorkflowFigures;
  w1?: WorkflowFigures;
  w2Ms?: number;
  w3?: CallbackFigures;
  e1?: WorkflowFigures;
  coreTransitionsPerSecond?: number;
  startUp?: StartUpFigures;
  dmap?: { readonly pass: DistributedMapFigures; readonly task: DistributedMapFigures };
  console?: BesideFigures;
  scrapes?: ScrapeFigures;
  parked?: { readonly count: number; readonly grownMB: number; readonly grownHeapMB: number };
  jsonata?: readonly JsonataFigures[];
  cluster?: ClusterFigures;
  takeover?: TakeoverFigures;
  restate?: PeerResult;
  dbos?: PeerResult;
}
