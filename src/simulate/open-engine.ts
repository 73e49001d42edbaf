import type { TaskHandlers } from "../integrations/task-handlers.ts";
import type { Clock } from "../ports/clock.ts";
import type { FeedSubscriber } from "../ports/feed.ts";
import type { Ids } from "../ports/ids.ts";
import type { MapRunIo } from "../ports/map-run-io.ts";
import type { Store } from "../ports/store.ts";
import type { TaskMocks } from "../ports/task-mocks.ts";
import type { EngineOptions } from "../runtime/create-engine.ts";
import type { Engine } from "../runtime/engine.ts";
import type { Service } from "../service/service.ts";

/** What an engine for one run is made with, beside what whoever opens it has (functions, connections, logs). */
export interface EngineParts {
  readonly store: Store;
  readonly clock: Clock;
  /** Absent: the system's. */
  readonly ids?: Ids;
  readonly region: string;
  readonly accountId: string;
  readonly mocks?: TaskMocks;
  /** Absent: as whoever opens it has it. */
  readonly waitTimeScale?: number;
  readonly around: (handlers: TaskHandlers) => EngineOptions["handlers"];
  /** What reads and writes for distributed Maps; it is given what would. */
  readonly aroundMapRuns?: (usual: MapRunIo) => MapRunIo;
  readonly subscribers: readonly FeedSubscriber[];
  readonly onFailure: (reason: Error) => void;
}

export interface OpenedEngine {
  readonly engine: Engine;
  readonly service: Pick<Service, "call">;
  readonly handlers: Pick<TaskHandlers, "close">;
  /** Ends all that was made. */
  shutdown(graceMs: number): Promise<void>;
}

/**
 * Makes engine, integrations and service of these parts. It is given by who knows how they are joined, which is a layer
 * above this one.
 */
export type OpenEngine = (parts: EngineParts) => Promise<OpenedEngine>;
