import { usualAssumeRoles } from "../aws/aws-configuration.ts";
import type { DoctorSettings, IntegrationReport } from "./integration-report.ts";
import type { Answering } from "./who-answers.ts";

/** Whose rights tasks have. */
export function rolesReport({ aws }: DoctorSettings, answering: Answering): IntegrationReport {
  const mode = aws?.assumeRoles ?? usualAssumeRoles;
  const isReachable = answering.to === "AWS" || answering.to === "standIn";
  const which = {
    always: "the roles of state machines, and from them those of Credentials",
    credentials: "the roles that Credentials of tasks name",
    never: "no roles",
  }[mode];
  return {
    name: "Roles",
    resources: "Credentials, sts:AssumeRole",
    usable: true,
    way:
      isReachable && mode !== "never"
        ? answering.to === "AWS"
          ? "AWS"
          : "endpoint"
        : "this server",
    because: isReachable
      ? `${which} are assumed (aws.assumeRoles: ${mode})`
      : `the configured credentials serve for all: ${answering.because}`,
  };
}
