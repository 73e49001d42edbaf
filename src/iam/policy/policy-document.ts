/** A policy as its JSON text has it, for policies that are written here and not read. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly StatementDocument[];
}

export interface StatementDocument {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: ConditionDocument;
}

export interface ConditionDocument {
  readonly [operator: string]: { readonly [key: string]: string | readonly string[] };
}
