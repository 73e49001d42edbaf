import type { JsonValue } from "../../expression/json.ts";
import type { Access } from "../../ports/authorizer.ts";
import { connectionArnOf } from "../http/http-parameters.ts";

/**
 * What the role of a state machine has to be allowed for the connection of an HTTP Task, beside the call itself: EventBridge's
 * connection, and the secret that EventBridge keeps for it.
 *
 * *Documented*: call HTTPS APIs, IAM permissions. A secret is named after its connection; `*` stands for what is not known of it.
 */
export function connectionAccesses(parameters: JsonValue): readonly Access[] {
  const connection = connectionArnOf(parameters) ?? "*";
  const secret = secretOf(connection);
  return [
    { action: "events:RetrieveConnectionCredentials", resource: connection },
    { action: "secretsmanager:DescribeSecret", resource: secret },
    { action: "secretsmanager:GetSecretValue", resource: secret },
  ];
}

/** `arn:aws:events:R:A:connection/NAME/ID` → `arn:aws:secretsmanager:R:A:secret:events!connection/NAME/ID`. */
function secretOf(connection: string): string {
  const [, partition, place, named] =
    /^arn:([^:]+):events:([^:]*:[^:]*):(connection\/.+)$/.exec(connection) ?? [];
  return named === undefined
    ? "*"
    : `arn:${partition}:secretsmanager:${place}:secret:events!${named}`;
}
