import type { ManagedPolicyPage } from "./managed-policy.ts";

export const stepFunctionsPolicies = {
  AWSStepFunctionsFullAccess: {
    description:
      "An access policy for providing a user/role/etc access to the AWS StepFunctions API. For full access, in addition to this policy, a user MUST have iam:PassRole permission on at least one IAM role that can be assumed by the service.",
    statements: [{ Effect: "Allow", Action: "states:*", Resource: "*" }],
  },
  AWSStepFunctionsConsoleFullAccess: {
    description:
      "An access policy for providing a user/role/etc access to the AWS StepFunctions console. For a full console experience, in addition to this policy, a user may need iam:PassRole permission on other IAM roles that can be assumed by the service.",
    statements: [
      { Effect: "Allow", Action: "states:*", Resource: "*" },
      { Effect: "Allow", Action: "iam:ListRoles", Resource: "*" },
      {
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: "arn:aws:iam::*:role/service-role/StatesExecutionRole*",
      },
      { Effect: "Allow", Action: "lambda:ListFunctions", Resource: "*" },
    ],
  },
  AWSStepFunctionsReadOnlyAccess: {
    description:
      "An access policy for providing a user/role/etc read only access to the AWS StepFunctions service.",
    statements: [
      {
        Sid: "ReadOnlyAccess",
        Effect: "Allow",
        Action: [
          "states:ListStateMachines",
          "states:ListActivities",
          "states:DescribeStateMachine",
          "states:DescribeStateMachineForExecution",
          "states:ListExecutions",
          "states:DescribeExecution",
          "states:GetExecutionHistory",
          "states:DescribeActivity",
          "states:ListTagsForResource",
          "states:DescribeMapRun",
          "states:ListMapRuns",
          "states:DescribeStateMachineAlias",
          "states:ListStateMachineAliases",
          "states:ListStateMachineVersions",
          "states:ValidateStateMachineDefinition",
        ],
        Resource: "*",
      },
    ],
  },
} satisfies { readonly [name: string]: ManagedPolicyPage };
