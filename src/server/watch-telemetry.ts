import { Alarms } from "../aws-services/cloudwatch/alarms.ts";
import { Alerts, type AlertsOptions } from "../telemetry/alerts/alerts.ts";
import { minuteMs } from "../telemetry/minutes/minute-buffer.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";

/** What looks at the counts each minute, and tells somebody. */
export interface Watching {
  readonly alarms: Alarms;
  readonly alerts: Alerts;
}

/** Other nodes may store a minute some time after it has ended: then a cluster's alarms look at the one before. */
export function watchTelemetry(
  telemetry: Telemetry,
  { isCluster, ...options }: Omit<AlertsOptions, "telemetry"> & { readonly isCluster: boolean },
): Watching {
  const lateMs = isCluster ? minuteMs : 0;
  const alarms = new Alarms({ ...options, telemetry, lateMs });
  const alerts = new Alerts({ ...options, telemetry });
  telemetry.eachMinute((now) => alarms.judgeAll(now));
  telemetry.eachMinute((now) => alerts.judgeAll(now - lateMs));
  return { alarms, alerts };
}
