import type { JsonObject, JsonValue } from "../expression/json.ts";
import type { LogGroups } from "../ports/execution-log.ts";
import { errors } from "./errors/errors.ts";
import type { InputOf } from "./model/service-model.ts";

type Given = Pick<
  InputOf<"CreateStateMachine">,
  "loggingConfiguration" | "tracingConfiguration" | "encryptionConfiguration"
>;

/** JSON texts of the configurations that were given, as a revision keeps them. Refuses what the service refuses. */
export interface Configurations {
  readonly loggingConfiguration?: string;
  readonly tracingConfiguration?: string;
  readonly encryptionConfiguration?: string;
}

export function checkConfigurations(given: Given): Configurations {
  const { loggingConfiguration, tracingConfiguration, encryptionConfiguration } = given;
  if (loggingConfiguration !== undefined) checkLogging(loggingConfiguration);
  if (encryptionConfiguration !== undefined) checkEncryption(encryptionConfiguration);
  return {
    ...(loggingConfiguration && { loggingConfiguration: JSON.stringify(loggingConfiguration) }),
    ...(tracingConfiguration && { tracingConfiguration: JSON.stringify(tracingConfiguration) }),
    ...(encryptionConfiguration && {
      encryptionConfiguration: JSON.stringify(encryptionConfiguration),
    }),
  };
}

/** Observed: one destination is needed unless the level is OFF, and more than one is never allowed. */
function checkLogging(logging: NonNullable<Given["loggingConfiguration"]>): void {
  const { level = "OFF", destinations = [] } = logging;
  if (destinations.length > 1 || (level !== "OFF" && destinations.length === 0)) {
    throw errors.logDestinations();
  }
  for (const destination of destinations) {
    const arn = destination.cloudWatchLogsLogGroup?.logGroupArn ?? "";
    if (!logGroupArn.test(arn)) throw errors.logGroupArn();
  }
}

const logGroupArn = /^arn:[a-z0-9-]+:logs:[a-z0-9-]+:\d{12}:log-group:[^:]+:\*$/;
/** Documented: an id, an alias, or the ARN of either. Whether there is such a key is not asked. */
const kmsKeyId =
  /^(arn:[a-z0-9-]+:kms:[a-z0-9-]+:\d{12}:(key\/[A-Za-z0-9-]+|alias\/[A-Za-z0-9/_-]+)|alias\/[A-Za-z0-9/_-]+|[A-Za-z0-9-]+)$/;

/**
 * Refuses a log group that its service does not have. Observed. Our choice: where nobody can tell, the configuration is
 * taken, and its log is written here only.
 */
export async function checkLogDestination(
  logGroups: LogGroups | undefined,
  logging: Given["loggingConfiguration"],
): Promise<void> {
  if (logGroups === undefined || logging?.level === undefined || logging.level === "OFF") return;
  const arn = logging.destinations?.[0]?.cloudWatchLogsLogGroup?.logGroupArn;
  if (arn !== undefined && (await logGroups.exists(arn)) === false) {
    throw errors.logDestinationNotFound();
  }
}

/** Documented: a customer's key needs its id, AWS's own takes neither id nor period. */
export function checkEncryption(encryption: NonNullable<Given["encryptionConfiguration"]>): void {
  if (encryption.type === "CUSTOMER_MANAGED_KMS_KEY") {
    if (encryption.kmsKeyId === undefined) {
      throw errors.encryption("kmsKeyId must be specified for type CUSTOMER_MANAGED_KMS_KEY");
    }
    if (!kmsKeyId.test(encryption.kmsKeyId)) {
      throw errors.encryption(`'${encryption.kmsKeyId}' is no id, alias or ARN of a KMS key`);
    }
  } else if (
    encryption.kmsKeyId !== undefined ||
    encryption.kmsDataKeyReusePeriodSeconds !== undefined
  ) {
    throw errors.encryption(
      "kmsKeyId and kmsDataKeyReusePeriodSeconds can only be specified for type CUSTOMER_MANAGED_KMS_KEY",
    );
  }
}

/** The configurations as the API shows them. Observed: what was not given shows its default. */
export function shownConfigurations(stored: Configurations): JsonObject {
  return {
    loggingConfiguration: {
      level: "OFF",
      includeExecutionData: false,
      ...parsed(stored.loggingConfiguration),
    },
    tracingConfiguration: { enabled: false, ...parsed(stored.tracingConfiguration) },
    encryptionConfiguration: shownEncryption(stored.encryptionConfiguration),
  };
}

export function shownEncryption(stored: string | undefined): JsonObject {
  return { type: "AWS_OWNED_KEY", ...parsed(stored) };
}

function parsed(text: string | undefined): JsonObject {
  return text === undefined ? {} : (JSON.parse(text) as JsonObject);
}

/** Whether two revisions' configurations mean the same, whichever of their defaults were written out. */
export function sameConfigurations(a: Configurations, b: Configurations): boolean {
  return canonical(shownConfigurations(a)) === canonical(shownConfigurations(b));
}

/** JSON text with the members in order, so that equal documents have equal texts. */
function canonical(value: JsonValue): string {
  return JSON.stringify(value, (_name, member: JsonValue) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
