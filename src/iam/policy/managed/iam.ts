import type { ManagedPolicyPage } from "./managed-policy.ts";

export const iamPolicies = {
  IAMFullAccess: {
    description: "Provides full access to IAM via the AWS Management Console.",
    statements: [
      {
        Effect: "Allow",
        Action: [
          "iam:*",
          "organizations:DescribeAccount",
          "organizations:DescribeOrganization",
          "organizations:DescribeOrganizationalUnit",
          "organizations:DescribePolicy",
          "organizations:ListChildren",
          "organizations:ListParents",
          "organizations:ListPoliciesForTarget",
          "organizations:ListRoots",
          "organizations:ListPolicies",
          "organizations:ListTargetsForPolicy",
        ],
        Resource: "*",
      },
    ],
  },
  IAMReadOnlyAccess: {
    description: "Provides read only access to IAM via the AWS Management Console.",
    statements: [
      {
        Effect: "Allow",
        Action: [
          "iam:GenerateCredentialReport",
          "iam:GenerateServiceLastAccessedDetails",
          "iam:Get*",
          "iam:List*",
          "iam:SimulateCustomPolicy",
          "iam:SimulatePrincipalPolicy",
        ],
        Resource: "*",
      },
    ],
  },
  IAMUserChangePassword: {
    description: "Provides the ability for an IAM user to change their own password.",
    statements: [
      {
        Effect: "Allow",
        Action: ["iam:ChangePassword"],
        Resource: ["arn:aws:iam::*:user/${aws:username}"],
      },
      { Effect: "Allow", Action: ["iam:GetAccountPasswordPolicy"], Resource: "*" },
    ],
  },
} satisfies { readonly [name: string]: ManagedPolicyPage };
