import { randomUUID } from "node:crypto";
import { partitionOf } from "../../machine/arns.ts";
import type { JsonObject } from "../../expression/json.ts";
import type { AuditedCall, AuditTrail } from "../../ports/audit-trail.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import type { OpenAppended } from "./appended-file.ts";
import { AuditWriter, type TakenCall } from "./audit-writer.ts";
import { ChainedFiles } from "./chained-files.ts";
import { recordText } from "./record-text.ts";

/** How calls are written down. */
export interface AuditSettings {
  /** Whether calls fail where they cannot be written down, and are answered only when they are. */
  readonly required: boolean;
  readonly retentionDays: number;
  readonly maxFileBytes: number;
}

/** *Our choices*. CloudTrail's own history goes back 90 days. */
export const usualAuditSettings: AuditSettings = {
  required: false,
  retentionDays: 90,
  maxFileBytes: 8 * 1024 * 1024,
};

export interface AuditLogOptions {
  readonly folder: string;
  /** `off`: only what people decide is written down. */
  readonly settings: AuditSettings | "off";
  readonly clock: Pick<Clock, "now">;
  readonly logger: Logger;
  readonly region: string;
  readonly accountId: string;
  readonly open?: OpenAppended | undefined;
}

/** The log of a server: its calls, and what people decide. */
export interface AuditLogFiles {
  readonly folder: string;
  /** Takes the server's calls; absent: they are not written down. */
  readonly trail: AuditTrail | undefined;
  /** Writes down what is always: resolves when it is durable, and rejects where it cannot be written. */
  note(call: AuditedCall): Promise<void>;
  /** Why nothing can be written at present. */
  readonly failure: () => string | undefined;
  /** Waits for what has been taken. */
  flushed(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the log of a folder. Nothing is read or made before there is something to write. */
export function openAuditLog(options: AuditLogOptions): AuditLogFiles {
  const { folder, settings, clock, region, accountId } = options;
  const facts = { region, accountId, partition: partitionOf(region) };
  const { required, ...bounds } = settings === "off" ? usualAuditSettings : settings;
  const taken = (call: AuditedCall): TakenCall => ({ call, at: clock.now() });
  const textOf = ({ call, at }: TakenCall): string =>
    recordText(call, { ...facts, eventId: randomUUID(), at });
  const files = new ChainedFiles({
    ...options,
    ...bounds,
    own: (eventName, additional) => textOf(taken(ownCall(eventName, additional, facts))),
  });
  const writer = new AuditWriter({ files, logger: options.logger, textOf });
  const trail: AuditTrail = {
    ensureWritable() {
      if (required && writer.failure !== undefined) throw new AuditFailure();
    },
    record(call) {
      const isTaken = writer.add(taken(call));
      if (!required) return undefined;
      return isTaken ? writer.durable() : Promise.reject(new AuditFailure());
    },
  };
  return {
    folder,
    trail: settings === "off" ? undefined : trail,
    async note(call) {
      if (!writer.add(taken(call))) throw new AuditFailure();
      await writer.durable();
    },
    failure: () => writer.failure,
    flushed: () => writer.durable(),
    close: () => writer.close(),
  };
}

/** A call was not done, or not answered, because it could not be written down. */
export class AuditFailure extends Error {
  override readonly name = "AuditFailure";

  constructor() {
    super("The audit log cannot be written");
  }
}

const ownSource = "audit.stepwell";

function ownCall(
  eventName: string,
  additional: JsonObject,
  scope: { readonly region: string; readonly accountId: string; readonly partition: string },
): AuditedCall {
  return {
    eventSource: ownSource,
    eventName,
    caller: { ...scope, principal: { type: "service", service: ownSource, sourceArn: "" } },
    isReadOnly: false,
    decisions: [],
    additional,
  };
}
