import type { SdkModule } from "../../src/integrations/aws/client-modules.ts";
import type {
  SdkClients,
  SdkCommand,
  SdkResponse,
} from "../../src/integrations/aws/sdk-clients.ts";

/** An EKS with one cluster in memory, behind a client that describes its operations as the AWS SDK's does. */
export interface StandInEks extends SdkClients {
  /** The operations that were called. */
  readonly calls: string[];
  /** How the cluster is doing; `undefined`: it is gone. */
  status: string | undefined;
}

class ResourceNotFoundException extends Error {
  override readonly name = "ResourceNotFoundException";
  readonly $fault = "client";
  readonly $metadata = { httpStatusCode: 404, requestId: "r" };
}

// As the clients' schemas are: [structure, namespace, name, traits, members, their schemas, how many are required].
const text = 0;
const cluster = [3, "eks", "Cluster", 0, ["name", "status"], [text, text], 0];
const input = [3, "eks", "Input", 0, ["name"], [text], 1];
const output = [3, "eks", "Output", 0, ["cluster"], [cluster], 0];

export function standInEks(): StandInEks {
  const module: Record<string, unknown> = { ResourceNotFoundException };
  for (const operation of ["DeleteCluster", "DescribeCluster"]) {
    module[`${operation}Command`] = class implements SdkCommand {
      readonly schema = [9, "eks", operation, 0, input, output];
      readonly middlewareStack = { add() {} };
      readonly operation = operation;
    };
  }
  const client = {
    config: { serviceId: "EKS" },
    destroy() {},
    async send(command: SdkCommand): Promise<SdkResponse> {
      eks.calls.push((command as SdkCommand & { readonly operation: string }).operation);
      if (eks.status === undefined) throw new ResourceNotFoundException("No cluster found");
      const described = { name: "c", status: eks.status };
      return { $metadata: { httpStatusCode: 200, requestId: "r" }, cluster: described };
    },
  };
  const service = { client, errorPrefix: "Eks", module: module as SdkModule };
  const eks: StandInEks = {
    calls: [],
    status: "DELETING",
    connect: () => Promise.resolve({ type: "connected", service }),
    close() {},
  };
  return eks;
}
