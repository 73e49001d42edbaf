import type { Clock } from "../ports/clock.ts";
import type { Figures } from "../ports/figures.ts";
import type { Logger } from "../ports/logger.ts";
import type { Redactor } from "../ports/redactor.ts";
import type { Store } from "../ports/store.ts";
import { ServiceLevels } from "../telemetry/counting/service-levels.ts";
import { OtlpExporter } from "../telemetry/otlp/otlp-exporter.ts";
import { statesFigures } from "../telemetry/prometheus/states-figures.ts";
import { Telemetry } from "../telemetry/telemetry.ts";
import { ExecutionSpans } from "../telemetry/tracing/execution-spans.ts";
import { pushToCloudWatch } from "./cloudwatch-push.ts";
import type { StepwellOptions } from "./stepwell-options.ts";

/** What the telemetry is made of, beside what the options say of it. */
interface TelemetryParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly redactor: Redactor;
  readonly figures: Figures;
  readonly region: string;
}

/** What is counted, and to whom it is told. */
export interface JoinedTelemetry {
  /** Absent: nothing is counted. */
  readonly telemetry: Telemetry | undefined;
  /** Spans of executions; absent: nobody takes them. */
  readonly spans: ExecutionSpans | undefined;
  /** Sums each minute from now on. `isTeller`: whether this node does what is done once for all of them. */
  begin(isTeller: () => boolean): void;
  /** Counts no more; what is counted until now is stored and told. */
  close(): Promise<void>;
  /** Tells the last spans, once the engine has none any more. */
  closeExports(): Promise<void>;
}

/** Makes telemetry, spans and the ways to OpenTelemetry and CloudWatch for each other. */
export function joinedTelemetry(
  options: Pick<StepwellOptions, "telemetry" | "join" | "aws" | "clientsFolder"> & TelemetryParts,
): JoinedTelemetry {
  const { store, clock, logger, redactor, figures, region, telemetry: settings } = options;
  const node = options.join?.nodeId ?? "local";
  const otlp =
    settings?.otlp && new OtlpExporter({ settings: settings.otlp, clock, logger, figures, node });
  const spans = otlp && new ExecutionSpans(settings?.tracing ?? {}, (span) => otlp.span(span));
  const telemetry = settings && new Telemetry({ store, clock, logger, node, settings });
  const push =
    telemetry &&
    settings.cloudWatch &&
    pushToCloudWatch(telemetry, {
      settings: settings.cloudWatch,
      clock,
      logger,
      redactor,
      figures,
      aws: options.aws,
      clientsFolder: options.clientsFolder,
    });
  return {
    telemetry,
    spans,
    begin(isTeller) {
      if (telemetry === undefined) return;
      if (otlp !== undefined) {
        telemetry.eachMinute(() =>
          otlp.metrics([...figures.read(), ...statesFigures(telemetry.totals())]),
        );
      }
      const levels = new ServiceLevels({ store, region, isTeller });
      telemetry.eachMinute(async (now) => {
        if (isTeller()) await telemetry.sumHours(now);
      });
      telemetry.eachMinute(async (now) => telemetry.putLevels(now, await levels.read(now)));
      telemetry.start();
    },
    async close() {
      await telemetry?.close();
      await push?.close();
    },
    closeExports: async () => otlp?.close(),
  };
}
