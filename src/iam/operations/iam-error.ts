/** What IAM's and STS's APIs answer as an error. */
export class IamError extends Error {
  override readonly name = "IamError";
  readonly code: string;
  readonly statusCode: number;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
    this.statusCode = statusCodes.get(code) ?? 400;
  }
}

/** *Documented*: the errors of IAM and STS that are not 400. */
const statusCodes: ReadonlyMap<string, number> = new Map([
  ["AccessDenied", 403],
  ["NoSuchEntity", 404],
  ["ConcurrentModification", 409],
  ["DeleteConflict", 409],
  ["EntityAlreadyExists", 409],
  ["LimitExceeded", 409],
]);

/** The errors of IAM. *Observed*: the words, as SDKs' users quote them; those about files are ours. */
export const iamErrors = {
  noSuch: (kind: "user" | "group" | "role", name: string) =>
    new IamError("NoSuchEntity", `The ${kind} with name ${name} cannot be found.`),
  noSuchPolicy: (arn: string) => new IamError("NoSuchEntity", `Policy ${arn} was not found.`),
  notAttachable: (arn: string) =>
    new IamError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`),
  noSuchVersion: (arn: string, versionId: string) =>
    new IamError(
      "NoSuchEntity",
      `Policy ${arn} version ${versionId} does not exist or is not attachable.`,
    ),
  noSuchInline: (kind: string, name: string) =>
    new IamError("NoSuchEntity", `The ${kind} policy with name ${name} cannot be found.`),
  noSuchKey: (id: string) =>
    new IamError("NoSuchEntity", `The Access Key with id ${id} cannot be found`),
  exists: (kind: "User" | "Group" | "Role", name: string) =>
    new IamError("EntityAlreadyExists", `${kind} with name ${name} already exists.`),
  policyExists: (name: string) =>
    new IamError(
      "EntityAlreadyExists",
      `A policy called ${name} already exists. Duplicate names are not allowed.`,
    ),
  deleteConflict: (what: string) =>
    new IamError("DeleteConflict", `Cannot delete entity, must ${what} first.`),
  conflict: (message: string) => new IamError("DeleteConflict", message),
  quota: (quota: string, limit: number) =>
    new IamError("LimitExceeded", `Cannot exceed quota for ${quota}: ${limit}`),
  inlineSize: (kind: string, name: string, limit: number) =>
    new IamError(
      "LimitExceeded",
      `Maximum policy size of ${limit} bytes exceeded for ${kind} ${name}`,
    ),
  versions: (limit: number) =>
    new IamError(
      "LimitExceeded",
      `A managed policy can have up to ${limit} versions. Before you create a new version, you must delete an existing version.`,
    ),
  malformed: (problem: string) => new IamError("MalformedPolicyDocument", problem),
  noPermissionsBoundary: (kind: "user" | "role", name: string) =>
    new IamError("NoSuchEntity", `The ${kind} ${name} has no permissions boundary.`),
  invalid: (message: string) => new IamError("ValidationError", message),
  invalidInput: (message: string) => new IamError("InvalidInput", message),
  ofFile: () =>
    new IamError(
      "UnmodifiableEntity",
      "A file of this server's IAM folder says what this is: change it there.",
    ),
  ofAws: (arn: string) =>
    new IamError("AccessDenied", `Policy ${arn} is managed by AWS and cannot be changed.`),
  raced: () =>
    new IamError(
      "ConcurrentModification",
      "The request was rejected because multiple requests to change this object were submitted simultaneously. Wait a few minutes and submit your request again.",
    ),
  noLoginProfile: (name: string) =>
    new IamError("NoSuchEntity", `Login Profile for User ${name} cannot be found.`),
  loginProfileExists: (name: string) =>
    new IamError("EntityAlreadyExists", `Login Profile for user ${name} already exists.`),
  passwordPolicy: (rule: string) => new IamError("PasswordPolicyViolation", rule),
  accessDenied: (message: string) => new IamError("AccessDenied", message),
} as const;
