import type { TaskResource } from "../asl/resources/resource.ts";
import { clientPackage } from "./aws/service-names.ts";
import { descriptions } from "./descriptions/descriptions.ts";

const sdk = "aws-sdk:";

/** The client of the AWS SDK that calls what a Task names. */
export interface CalledClient {
  /** As the ARNs of SDK integrations name the service. */
  readonly client: string;
  readonly packageName: string;
  /** Whether the resource is an SDK integration. */
  readonly isSdk: boolean;
}

/** `undefined` where none is called: this engine's own API, HTTP, what is Stepwell's own. */
export function calledClient(resource: TaskResource): CalledClient | undefined {
  if (resource.kind === "activity") return undefined;
  if (resource.kind === "lambda") return called("lambda", false);
  const { resourceType, action } = resource;
  if (resourceType === "aws-sdk:sfn") return undefined;
  if (resourceType.startsWith(sdk))
    return called(resourceType.slice(sdk.length).toLowerCase(), true);
  if (resourceType === "lambda") return called("lambda", false);
  const description = descriptions.find(({ service }) => service === resourceType);
  if (description === undefined || description.calls === "this engine") return undefined;
  const { actions, calls } = description;
  const { client = calls.client } = Object.hasOwn(actions, action) ? (actions[action] ?? {}) : {};
  return Object.hasOwn(actions, action) ? called(client, false) : undefined;
}

function called(client: string, isSdk: boolean): CalledClient {
  return { client, packageName: clientPackage(client), isSdk };
}
