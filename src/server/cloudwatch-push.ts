import { putMetricData } from "../integrations/aws/put-metric-data.ts";
import { createSdkClients, type SdkClientsOptions } from "../integrations/aws/sdk-clients.ts";
import {
  CloudWatchExporter,
  type CloudWatchExporterOptions,
} from "../telemetry/cloudwatch/cloudwatch-exporter.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";

export interface CloudWatchPush {
  /** Sends what waits, once. */
  close(): Promise<void>;
}

/** Sends each minute that is stored to CloudWatch. */
export function pushToCloudWatch(
  telemetry: Telemetry,
  options: Omit<CloudWatchExporterOptions, "put"> & Omit<SdkClientsOptions, "clock">,
): CloudWatchPush {
  const clients = createSdkClients(options);
  const exporter = new CloudWatchExporter({
    ...options,
    put: (region, input) => putMetricData(clients, region, input),
  });
  telemetry.eachStored((minute, series) => exporter.add(minute, series));
  return {
    async close() {
      await exporter.close();
      clients.close();
    },
  };
}
