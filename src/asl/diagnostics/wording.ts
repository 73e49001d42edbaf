/** What a field can be expected to hold. */
export type ExpectedType = "String" | "Integer" | "Number" | "Boolean" | "Object" | "Array";

/**
 * The sentences of diagnostics, worded as the service words them.
 *
 * *Recorded*: in the corpus. *Observed*: answers of ValidateStateMachineDefinition that others have published.
 * What is marked as ours keeps to their form.
 */
export const wording = {
  /** Recorded. */
  fieldsRequired: (names: readonly string[]) => `These fields are required: [${names.join(", ")}]`,
  /** Recorded, for fields of an integration's parameters and of `Credentials`. */
  fieldMissing: (name: string) => `The field '${name}' is required but was missing`,
  /** Documented: a parameter that an integration does not have. */
  fieldUnsupported: (name: string) => `The field '${name}' is not supported by Step Functions`,
  /** Observed. */
  fieldRequired: (name: string) => `The field '${name}' is required`,
  /** Observed. */
  notSupported: (name: string) => `Field '${name}' is not supported`,
  /** Observed. */
  otherLanguage: (name: string, actual: string, supporting: string) =>
    `The QueryLanguage is set to '${actual}', but field '${name}' is only supported for the '${supporting}' QueryLanguage`,
  /** Observed, where two fields exclude each other. */
  onlyOne: (names: readonly string[]) =>
    `There should only be one of the following fields: [${names.join(", ")}]`,
  /** Observed, where none of the fields is there. */
  exactlyOne: (names: readonly string[]) =>
    `This object should have only one of the following fields: [${names.join(", ")}]`,
  /** Observed, for what a choice rule tests. */
  onlyOneKind: (names: readonly string[]) =>
    `The object must have only one of the following fields, [${names.join(", ")}]`,
  /** Our choice of words. */
  atLeastOne: (names: readonly string[]) =>
    `This object should have at least one of the following fields: [${names.join(", ")}]`,
  /** Recorded, for `Type`. */
  fieldValues: (name: string, values: readonly string[]) =>
    `The field '${name}' should have one of these values: [${values.join(", ")}]`,
  /** Observed. */
  values: (values: readonly string[]) =>
    `Value should be one of the following: [${values.join(", ")}]`,
  /** Observed, for a string and for an integer. */
  type: (type: ExpectedType) =>
    `Expected value of type ${type === "Integer" ? type : `[${type.toUpperCase()}]`}`,
  /** Observed. */
  minimum: (value: string) => `Minimum value is ${value}`,
  /** Observed. */
  maximum: (value: string) => `Maximum value is ${value}`,
  /** Recorded. */
  empty: "Value cannot be empty",
  /** Recorded. */
  timestamp: "String does not match RFC3339 timestamp",
  /** Observed. */
  path: "Value must be a valid JSONPath.",
  /** Observed: `Value is not a Reference Path: Reference path didn't start with '$'`. */
  referencePath: (reason: string) => `Value is not a Reference Path: ${reason}`,
  /** Observed. */
  pathStart: "Reference path didn't start with '$'",
  /** Our choice of words. */
  resultPathStart: "it must start with '$.' or '$['",
  /** Our choice of words; that it is refused was measured. */
  contextPath: "it must not select from the context object",
  /** Our choice of words. */
  pointer: "Value must be a valid JSON pointer",
  /** Recorded. */
  templateValue: (name: string) =>
    `The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call`,
  /** Our choice of words. */
  templateDuplicate: (name: string) =>
    `The field '${name}' appears twice, once with and once without '.$'`,
  /** Our choice of words. */
  intrinsic: (name: string) =>
    `The value for the field '${name}' must be a reference path or a call of one of the intrinsic functions that return a string`,
  /** Observed. */
  jsonataDelimiters: "JSONata string must start with {% and end with %}",
  /** Recorded. */
  queryLanguageDowngrade:
    "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
  /** Observed. */
  statesAll: "States.ALL must appear alone and at end of list",
  /** Our choice of words. */
  heartbeat: "The value of 'HeartbeatSeconds' must be smaller than the value of 'TimeoutSeconds'",
  /** Observed. */
  notAnArn: "Value is not a valid resource ARN",
  /** Recorded. */
  resourceNotRecognized: (resource: string) =>
    `The resource provided ${resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
  /** Observed, for ItemReader; ResultWriter is worded alike. */
  resourceNotAllowed: "The field 'Resource' does not match any of the allowed values",
  /** Observed. */
  parametersRequired: (field: string, arn: string) =>
    `${field} field is required for resource ARN: ${arn}`,
  /** Observed. */
  credentialsOfActivity: "The field 'Credentials' is not supported for activities",
  /** Recorded, with the blank at the end for a callback and without it for a job of either kind. */
  expressPattern: (pattern: "sync" | "sync:2" | "waitForTaskToken") =>
    pattern === "waitForTaskToken"
      ? "Express state machine does not support '.waitForTaskToken' service integration "
      : "Express state machine does not support '.sync' service integration",
  /** Documented in the reference. */
  expressActivity: "Express state machine does not support Activity ARN",
  /** Observed. */
  expressDistributed:
    "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines",
  /** Observed. */
  missingTarget: (name: string) => `Missing 'Next' target: ${name}`,
  /** Observed. */
  unreachable: (name: string) => `State "${name}" is not reachable.`,
  /** Observed. */
  noTerminalState: "Workflow has no terminal state",
  /** Observed. */
  duplicateState: (name: string) => `Duplicate State name: ${name}`,
  /** Observed: its end; the beginning is ours. */
  stateNameTooLong: (name: string, limit: number) =>
    `State name '${name}' exceeds the ${limit}-character limit allowed by the service`,
  /** Our choice of words. */
  stateNameEmpty: "State name cannot be empty",
  /** Observed. */
  duplicateLabel: (name: string) => `Duplicate Label name: ${name}`,
  /** Observed: its end; the beginning is ours. */
  labelTooLong: (name: string, limit: number) =>
    `Label '${name}' exceeds the ${limit}-character limit allowed by the service`,
  /** The corpus has only an emulator's text. */
  labelCharacter: (character: string) => `Label contains invalid character: '${character}'`,
  /** Our choice of words. */
  tooDeep: (limit: number) => `States are nested more than ${limit} levels deep`,
  /** Observed. */
  reservedVariable: "Cannot assign to reserved variable '$states'.",
  /** Observed. */
  variableCharacters: (name: string) =>
    `Invalid variable name '${name}': the variable name contains invalid characters.`,
  /** Our choice of words. */
  variableTooLong: (name: string, limit: number) =>
    `Invalid variable name '${name}': the variable name is longer than ${limit} characters.`,
  /** Our choice of words. */
  variableOfOuterScope: (name: string) =>
    `Cannot assign to variable '$${name}': a variable of that name is assigned in an outer scope.`,
  /** Documented: the sentence that describes the code; the name is ours. */
  noDollar: (name: string) =>
    `No '.$' on field '${name}', which appears to be a JSONPath or an intrinsic function`,
  /** Documented likewise. */
  noPath: (name: string) =>
    `The value of field '${name}' looks like a path, but the field name does not end with 'Path'`,
  /** Documented likewise. */
  staticResult:
    "The result of a Pass state is static: a path or an intrinsic function is not evaluated",
  /** Documented: the sentence that describes the code. */
  missingDescription: "Received a null or empty workflow input",
} as const;
