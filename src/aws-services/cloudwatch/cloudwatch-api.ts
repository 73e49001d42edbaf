import type { Clock } from "../../ports/clock.ts";
import type { ServiceApi } from "../../ports/service-api.ts";
import type { Telemetry } from "../../telemetry/telemetry.ts";
import { alarmOperations } from "./alarm-operations.ts";
import type { Alarms } from "./alarms.ts";
import { metricOperations } from "./metric-operations.ts";

export interface CloudWatchParts {
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly alarms: Alarms;
}

/** *Documented*: older clients speak the query protocol, newer ones JSON 1.0 or CBOR, which the endpoint tells by the request. */
const cloudWatchProtocol = {
  signingName: "monitoring",
  protocol: {
    type: "query",
    version: "2010-08-01",
    namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
  },
} as const;

/** Where nothing is counted. */
export const cloudWatchOff: ServiceApi = {
  ...cloudWatchProtocol,
  operations: {},
  off: "This server counts nothing, and so it has no metrics.",
};

/** CloudWatch's metrics and alarms. */
export function cloudWatchApi(parts: CloudWatchParts): ServiceApi {
  return {
    ...cloudWatchProtocol,
    operations: { ...metricOperations(parts), ...alarmOperations(parts.alarms, parts.clock) },
  };
}
