import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import type { emrServerless as actions } from "../../asl/resources/integrations/emr-serverless.ts";
import type { ActionDescription, ServiceDescription } from "../described/description.ts";
import type { PermissionResource } from "../described/permission.ts";
import type { LookedAtJob } from "../jobs/job-description.ts";
import { statusAt } from "../jobs/status-at.ts";

const application: PermissionResource = {
  parameters: ["ApplicationId"],
  as: "name",
  arn: "arn:{partition}:emr-serverless:{region}:{account}:/applications/{name}",
};

/**
 * `arn:aws:states:::emr-serverless:…`, also with `.sync`: applications, and job runs in them.
 *
 * *Documented*: where the API answers nothing the integration answers the application's id; the state that each `.sync` waits for;
 * by the policies, what is being created is deleted and what is being started is stopped if it is aborted. *Documented* for
 * `.sync`: the members of the answer to the submission are in the result, so it is what the look describes without the
 * member around it.
 */
export const emrServerless: ServiceDescription<keyof typeof actions> = {
  service: "emr-serverless",
  calls: { client: "emrserverless" },
  wording: { sdk: 2 },
  actions: {
    createApplication: {
      permission: { action: "emr-serverless:CreateApplication" },
      job: {
        ...applicationJob({ succeeded: ["CREATED", "STARTED"], failed: ["TERMINATED"] }),
        idempotencyKey: "ClientToken",
        key: { ApplicationId: "submission.ApplicationId" },
        cancel: {
          operation: "deleteApplication",
          permission: "emr-serverless:DeleteApplication",
        },
      },
    },
    startApplication: {
      ...onApplication("StartApplication"),
      job: {
        ...applicationJob({ succeeded: ["STARTED"], failed: ["STOPPED", "TERMINATED"] }),
        cancel: { operation: "stopApplication", permission: "emr-serverless:StopApplication" },
      },
    },
    stopApplication: {
      ...onApplication("StopApplication"),
      job: applicationJob({ succeeded: ["STOPPED"], failed: ["TERMINATED"] }),
    },
    deleteApplication: {
      ...onApplication("DeleteApplication"),
      job: {
        ...applicationJob({ succeeded: ["TERMINATED"], failed: [] }),
        gone: "ResourceNotFoundException",
      },
    },
    startJobRun: {
      permission: { action: "emr-serverless:StartJobRun", resource: application },
      job: {
        ...jobRun({ succeeded: ["SUCCESS"], failed: ["FAILED", "CANCELLED"] }),
        idempotencyKey: "ClientToken",
        key: {
          ApplicationId: "parameters.ApplicationId",
          JobRunId: "submission.JobRunId",
        },
        cancel: { operation: "cancelJobRun", permission: "emr-serverless:CancelJobRun" },
      },
    },
    cancelJobRun: {
      permission: { action: "emr-serverless:CancelJobRun", resource: application },
      job: {
        ...jobRun({ succeeded: ["CANCELLED"], failed: ["FAILED", "SUCCESS"] }),
        key: {
          ApplicationId: "parameters.ApplicationId",
          JobRunId: "parameters.JobRunId",
        },
      },
    },
  },
};

/** An action that the API answers with nothing. */
function onApplication(operation: string): Pick<ActionDescription, "permission" | "answer"> {
  return {
    permission: { action: `emr-serverless:${operation}`, resource: application },
    answer: (_, { ApplicationId = null }) => ({ ApplicationId }),
  };
}

type Ends = Parameters<typeof statusAt>[1];

function applicationJob(ends: Ends): LookedAtJob {
  return {
    ends: "by look",
    key: { ApplicationId: "parameters.ApplicationId" },
    look: { operation: "getApplication", permission: "emr-serverless:GetApplication" },
    status: statusAt("Application.State", ends),
    result: inside("Application"),
  };
}

function jobRun(ends: Ends): Omit<LookedAtJob, "key"> {
  return {
    ends: "by look",
    look: { operation: "getJobRun", permission: "emr-serverless:GetJobRun" },
    status: statusAt("JobRun.State", ends),
    result: inside("JobRun"),
  };
}

function inside(member: string): (described: JsonObject) => JsonObject {
  return ({ [member]: found = null }) => (isJsonObject(found) ? found : {});
}
