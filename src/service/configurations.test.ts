import { describe, expect, test } from "vitest";
import {
  checkConfigurations,
  checkLogDestination,
  sameConfigurations,
  shownConfigurations,
} from "./configurations.ts";

const group = (name: string) => ({
  cloudWatchLogsLogGroup: {
    logGroupArn: `arn:aws:logs:eu-west-1:123456789012:log-group:${name}:*`,
  },
});
const oneDestination = "Invalid Logging Configuration: Must specify exactly one Log Destination.";
const keyId = "arn:aws:kms:eu-west-1:123456789012:key/k";

describe("a logging configuration", () => {
  test.each(["ALL", "ERROR", "FATAL"] as const)("of level %s needs a destination", (level) => {
    expect(() => checkConfigurations({ loggingConfiguration: { level } })).toThrow(oneDestination);
    checkConfigurations({ loggingConfiguration: { level, destinations: [group("g")] } });
  });

  test("needs none where it logs nothing, and never takes two", () => {
    checkConfigurations({ loggingConfiguration: { level: "OFF" } });
    checkConfigurations({ loggingConfiguration: { destinations: [] } });
    const two = { destinations: [group("a"), group("b")] };
    expect(() => checkConfigurations({ loggingConfiguration: two })).toThrow(oneDestination);
  });

  test.each([
    "arn:aws:logs:eu-west-1:123456789012:log-group:g",
    "arn:aws:logs:eu-west-1:1234:log-group:g:*",
    "arn:aws:logs::123456789012:log-group:g:*",
    "arn:aws:s3:::bucket:*",
    "",
  ])("refuses the destination '%s'", (logGroupArn) => {
    const destinations = [{ cloudWatchLogsLogGroup: { logGroupArn } }];
    const loggingConfiguration = { level: "ALL" as const, destinations };
    expect(() => checkConfigurations({ loggingConfiguration })).toThrow(
      "must be the ARN of a log group",
    );
  });

  test("asks for its group once, and only if it logs anything", async () => {
    const asked: string[] = [];
    const logGroups = {
      exists: async (arn: string) => {
        asked.push(arn);
        return arn.includes("known") ? true : arn.includes("missing") ? false : undefined;
      },
    };
    const check = (level: "ALL" | "OFF" | undefined, name: string) =>
      checkLogDestination(logGroups, { ...(level && { level }), destinations: [group(name)] });
    await check("ALL", "known");
    await check("ALL", "unreachable");
    await check("OFF", "missing");
    await check(undefined, "missing");
    expect(asked).toHaveLength(2);
    await expect(check("ALL", "missing")).rejects.toThrow("Log Destination not found.");
  });
});

describe("an encryption configuration", () => {
  test.each(["1234abcd-12ab-34cd-56ef-1234567890ab", "mrk-1234", "alias/a/b", keyId])(
    "takes the key %s",
    (kmsKeyId) => {
      const type = "CUSTOMER_MANAGED_KMS_KEY" as const;
      checkConfigurations({ encryptionConfiguration: { type, kmsKeyId } });
    },
  );

  test.each(["a key", "alias/", "arn:aws:kms:eu-west-1:12:key/k", "arn:aws:s3:::bucket"])(
    "refuses the key '%s'",
    (kmsKeyId) => {
      const type = "CUSTOMER_MANAGED_KMS_KEY" as const;
      expect(() => checkConfigurations({ encryptionConfiguration: { type, kmsKeyId } })).toThrow(
        "is no id, alias or ARN of a KMS key",
      );
    },
  );

  test("with a customer's key needs its id; AWS's own takes neither id nor period", () => {
    const check = (
      encryptionConfiguration: Parameters<typeof checkConfigurations>[0]["encryptionConfiguration"],
    ) => checkConfigurations({ ...(encryptionConfiguration && { encryptionConfiguration }) });
    const type = "CUSTOMER_MANAGED_KMS_KEY";
    check({ type: "AWS_OWNED_KEY" });
    check({ type, kmsKeyId: keyId, kmsDataKeyReusePeriodSeconds: 60 });
    const refused = "Invalid Encryption Configuration";
    expect(() => check({ type })).toThrow(refused);
    expect(() => check({ type: "AWS_OWNED_KEY", kmsKeyId: keyId })).toThrow(refused);
    const period = { type: "AWS_OWNED_KEY", kmsDataKeyReusePeriodSeconds: 60 } as const;
    expect(() => check(period)).toThrow(refused);
  });
});

describe("what is shown", () => {
  test("has the defaults of what was not given", () => {
    expect(shownConfigurations({})).toEqual({
      loggingConfiguration: { level: "OFF", includeExecutionData: false },
      tracingConfiguration: { enabled: false },
      encryptionConfiguration: { type: "AWS_OWNED_KEY" },
    });
  });

  test("is what was given", () => {
    const given = {
      loggingConfiguration: {
        level: "ALL",
        includeExecutionData: true,
        destinations: [group("g")],
      },
      tracingConfiguration: { enabled: true },
      encryptionConfiguration: {
        type: "CUSTOMER_MANAGED_KMS_KEY",
        kmsKeyId: keyId,
        kmsDataKeyReusePeriodSeconds: 300,
      },
    } as const;
    expect(shownConfigurations(checkConfigurations(given))).toEqual(given);
  });

  test("decides whether two configurations are the same", () => {
    const written = checkConfigurations({
      loggingConfiguration: { includeExecutionData: false, level: "OFF" },
      tracingConfiguration: { enabled: false },
    });
    expect(sameConfigurations(written, {})).toBe(true);
    const traced = checkConfigurations({ tracingConfiguration: { enabled: true } });
    expect(sameConfigurations(traced, {})).toBe(false);
  });
});
