import type { PolicyDocument, StatementDocument } from "../policy-document.ts";

/** A policy that AWS gives and nobody can change, so that what is written for AWS can attach it here. */
export interface ManagedPolicy {
  readonly name: string;
  /** `/`, `/service-role/`. */
  readonly path: string;
  readonly arn: string;
  readonly description: string;
  readonly document: PolicyDocument;
}

/** What the AWS Managed Policy Reference Guide says of a policy, under its name. */
export interface ManagedPolicyPage {
  readonly path?: string;
  readonly description: string;
  readonly statements: readonly StatementDocument[];
}
