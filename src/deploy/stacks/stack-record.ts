import type { JsonObject } from "../../expression/json.ts";
import type { Caller } from "../../ports/caller.ts";
import type {
  ResolvedOutput,
  ResolvedParameter,
  RetentionPolicy,
} from "../../template/template.ts";
import type { StackStatus } from "./stack-status.ts";

/** A stack as it is stored: what was made, what of it, and what is being changed. */
export interface StackRecord {
  /** `arn:aws:cloudformation:us-east-1:123456789012:stack/orders/UUID`. */
  readonly stackId: string;
  readonly name: string;
  readonly region: string;
  readonly createdAt: number;
  readonly updatedAt?: number;
  readonly deletedAt?: number;
  readonly status: StackStatus;
  readonly reason?: string | undefined;
  /** What is deployed; of a stack that is being made for the first time what is to be. */
  readonly content: StackContent;
  readonly resources: Resources;
  readonly outputs: readonly StackOutput[];
  readonly parentId?: string;
  readonly rootId?: string;
  readonly isProtected: boolean;
  /** One more with each change; names of what it makes have it in them. */
  readonly generation: number;
  /** What is under way, or has failed in such a way that it can go on. */
  readonly change?: ChangeRecord | undefined;
  readonly drift?: StackDrift | undefined;
}

export interface StackOutput extends ResolvedOutput {
  /** It has in it what is not to be shown. */
  readonly isNoEcho?: true;
}

export type Resources = { readonly [logicalId: string]: ResourceRecord };

/** What a stack is made of: a template with the values that were given for it. */
export interface StackContent {
  readonly templateId: string;
  readonly description?: string | undefined;
  /** As they were given: a parameter that is not among them has its default. */
  readonly given: { readonly [name: string]: string };
  readonly ssmParameters: { readonly [name: string]: string };
  /** What other stacks exported under the names that the template imports. */
  readonly imports: { readonly [name: string]: string };
  readonly parameters: readonly ResolvedParameter[];
  readonly tags: { readonly [key: string]: string };
  readonly capabilities: readonly string[];
  /** The role in which CloudFormation acts; absent: whoever asks for the change. */
  readonly roleArn?: string | undefined;
  readonly notificationArns: readonly string[];
}

/** A resource that was made. */
export interface ResourceRecord {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  /** What `Ref` gives. */
  readonly ref: string;
  readonly attributes: JsonObject;
  /** As they were given, references evaluated; dynamic references are still in them. */
  readonly properties: JsonObject;
  readonly dependencies: readonly string[];
  readonly deletionPolicy: RetentionPolicy;
  readonly updateReplacePolicy: RetentionPolicy;
  readonly status: ResourceStatus;
  readonly reason?: string | undefined;
  readonly updatedAt: number;
  /** *Documented*, of custom resources: its attributes are not to be shown. */
  readonly isNoEcho?: true;
  /** Of no type that is made here: its references are made up. */
  readonly isMadeUp?: true;
  readonly drift?: ResourceDrift | undefined;
}

export type ResourceStatus =
  `${"CREATE" | "UPDATE" | "DELETE"}_${"IN_PROGRESS" | "COMPLETE" | "FAILED"}` | "DELETE_SKIPPED";

/** A change of a stack while it is performed, as far as another process needs to know to go on with it. */
export interface ChangeRecord {
  readonly kind: "create" | "update" | "delete";
  readonly phase: "forward" | "rollBack" | "cleanUp";
  readonly caller: Caller;
  readonly clientToken?: string | undefined;
  readonly target: StackContent;
  /** What has been done, in this order; undone in the opposite one. */
  readonly done: readonly DoneStep[];
  /** What has no place in the stack any more, and is deleted when all else is done. */
  readonly leftovers: readonly ResourceRecord[];
  readonly onFailure: OnFailure;
  /** Where steps are that take long, by the step and its resource. */
  readonly progress?: { readonly [step: string]: JsonObject } | undefined;
  /** Why it is being rolled back. */
  readonly failure?: string | undefined;
  readonly isCancelled?: true;
  /** Resources that stay as they are: of a deletion, and of a rollback that goes on. */
  readonly skipped: readonly string[];
  /** Which process performs it, and until when it says so. */
  readonly holder?: { readonly id: string; readonly until: number } | undefined;
}

export type OnFailure = "ROLLBACK" | "DELETE" | "DO_NOTHING";

export interface DoneStep {
  readonly logicalId: string;
  /** The resource as it was; absent: there was none. */
  readonly before?: ResourceRecord;
  readonly isReplaced?: true;
}

export interface StackDrift {
  readonly detectionId: string;
  readonly status: "IN_SYNC" | "DRIFTED" | "NOT_CHECKED";
  readonly at: number;
}

export interface ResourceDrift {
  readonly status: "IN_SYNC" | "MODIFIED" | "DELETED" | "NOT_CHECKED";
  readonly at: number;
  readonly actual?: JsonObject;
  readonly differences: readonly DriftDifference[];
}

export interface DriftDifference {
  readonly propertyPath: string;
  readonly expected: string;
  readonly actual: string;
  readonly type: "ADD" | "REMOVE" | "NOT_EQUAL";
}

/** What happened to a stack or to one of its resources. */
export interface StackEvent {
  readonly eventId: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly at: number;
  readonly status: StackStatus | ResourceStatus;
  readonly reason?: string | undefined;
  readonly properties?: JsonObject | undefined;
  readonly clientToken?: string | undefined;
}

/** A change that was thought out and can be performed. */
export interface ChangeSetRecord {
  readonly changeSetId: string;
  readonly name: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly type: "CREATE" | "UPDATE";
  readonly createdAt: number;
  readonly description?: string | undefined;
  readonly status: "CREATE_COMPLETE" | "FAILED";
  readonly executionStatus: "UNAVAILABLE" | "AVAILABLE" | "EXECUTE_IN_PROGRESS" | "OBSOLETE";
  readonly reason?: string | undefined;
  readonly content?: StackContent | undefined;
  readonly changes: readonly PlannedChange[];
  readonly onFailure: OnFailure;
}

/** What a change does to one resource. */
export interface PlannedChange {
  readonly action: "Add" | "Modify" | "Remove";
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string | undefined;
  readonly replacement?: "True" | "False" | "Conditional" | undefined;
  /** What becomes of it that is removed or replaced. */
  readonly policyAction?: "Delete" | "Retain" | "ReplaceAndDelete" | "ReplaceAndRetain" | undefined;
  readonly differences: readonly PropertyDifference[];
  /** Of one that is changed: its properties before and after it, in which a function stands for what is known only when it is made. */
  readonly properties?: { readonly before: JsonObject; readonly after: JsonObject };
  /** Its type is not made here. */
  readonly isMadeUp?: true;
}

export interface PropertyDifference {
  /** The property at the top. */
  readonly name: string;
  /** `/Properties/Definition/States`. */
  readonly path: string;
  readonly change: "Add" | "Remove" | "Modify";
  readonly before?: string;
  readonly after?: string;
  readonly recreation: "Never" | "Conditionally" | "Always";
  /** It has a value that is known only when something else is made. */
  readonly isDynamic: boolean;
}
