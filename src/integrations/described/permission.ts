/** What the machine's role has to be allowed, for whoever checks it. */
export interface Permission {
  /** The IAM action: `sqs:SendMessage`. */
  readonly action: string;
  /** What it is done to; absent: IAM knows no resource for it (`*`). */
  readonly resource?: PermissionResource;
  /** What a policy's conditions may ask about: IAM's key, and the parameter that has it. */
  readonly conditions?: { readonly [key: string]: string };
}

/** Where the parameters say what is called, and how. */
export interface PermissionResource {
  /** The first of these parameters that is given; `Entries[].EventBusName` stands for that member of each entry. */
  readonly parameters: readonly string[];
  /**
   * What the parameter has: an ARN, the URL of a queue, the URI of an object (`s3://bucket/key`), a function as Lambda takes it
   * (name or ARN), a name, a bucket (whose object is in `Key`), or the host of an API; or that it is the task's own machine.
   */
  readonly as:
    "arn" | "queue URL" | "object URI" | "function" | "name" | "bucket" | "api host" | "machine";
  /** The parameter that has a function's version or alias, if its name has none. */
  readonly qualifier?: string;
  /** The ARN of a name, or of nothing given; `{name}`, `{partition}`, `{region}` and `{account}` are to be filled in. */
  readonly arn?: string;
  /** The name where none is given: `default`. */
  readonly otherwise?: string;
}
