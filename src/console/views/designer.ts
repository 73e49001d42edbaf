import type { VariableInScope } from "../../asl/variables/variables-in-scope.ts";

export type { VariableInScope };

/** How a Task calls an action: the ending of its resource ARN. */
export type ActionPattern = "requestResponse" | "sync" | "sync:2" | "waitForTaskToken";

/** What ARNs and names are picked of in the designer. */
export type PickedResource =
  | "activity"
  | "bucket"
  | "command"
  | "connection"
  | "database"
  | "eventBus"
  | "function"
  | "queue"
  | "stateMachine"
  | "table"
  | "topic";

/**
 * What a member may be. Of optimized integrations: `text`, `number` and `boolean` take each other's spelling, `string` does
 * not, and `json` takes any value, which is sent as JSON text. Of SDK operations: a shape of the AWS SDK's model.
 */
export type MemberType =
  | "text"
  | "string"
  | "number"
  | "boolean"
  | "object"
  | "list"
  | "json"
  | "map"
  | "timestamp"
  | "blob";

/** One member of what an action is given in `Arguments` or `Parameters`. */
export interface ActionMember {
  readonly name: string;
  readonly type: MemberType;
  readonly isRequired: boolean;
  /** What its value can be picked from: `QueueUrl` from the queues. */
  readonly picks?: PickedResource;
  /** The values that it can have, where the model says them. */
  readonly options?: readonly string[];
  /** Of an object: its members; absent where they are not known, or are too many or too deep to be told at once. */
  readonly members?: readonly ActionMember[];
  /** Of a list or map: what each of its values is. */
  readonly item?: Pick<ActionMember, "type" | "options" | "members" | "item">;
}

/** Whether something can be called from here. */
export interface ActionAvailability {
  /** `unknown`: nobody knows yet; where credentials come from is looked for, and is known a moment later. */
  readonly to: "here" | "AWS" | "standIn" | "nowhere" | "notInstalled" | "unknown";
  /** The server's reason: an endpoint, where credentials come from; of `notInstalled` the package that `stepwell add` brings. */
  readonly because?: string;
  /** Of `nowhere`: the key of the configuration that would make it possible. */
  readonly missing?: "commands" | "databases" | "mail";
}

/** One call that a Task can make. */
export interface TaskAction {
  /** As resource ARNs name it: `sqs:sendMessage`, `aws-sdk:s3:listBuckets`. */
  readonly id: string;
  /** The operation's name in the service's API: `SendMessage`. */
  readonly apiName: string;
  /**
   * The `Resource` of each pattern that it has. None: `Resource` is itself the ARN of what is picked from `picks`, a function
   * or an activity.
   */
  readonly resources: { readonly [P in ActionPattern]?: string };
  readonly picks?: PickedResource;
  /** Those that it cannot do without come first. Absent: what it takes is not known here. */
  readonly members?: readonly ActionMember[];
  /** Members of which one has to be there at least. */
  readonly atLeastOne?: readonly string[];
  /** Absent: as its service's. */
  readonly availability?: ActionAvailability;
}

/** The actions of one service, with its name as people know it. */
export interface ActionService {
  readonly service: string;
  readonly title: string;
  readonly kind: "optimized" | "own";
  /** The service's name in SDK integrations, where it has more operations. */
  readonly sdkService?: string;
  readonly availability: ActionAvailability;
  readonly actions: readonly TaskAction[];
}

/** The actions are told without the members of their members: `designer/actions/ACTION` has those. */
export interface ActionCatalogue {
  readonly services: readonly ActionService[];
}

/** One action alone. */
export interface ActionView extends TaskAction {
  readonly availability: ActionAvailability;
  /** What its members are known from; see {@link SdkServiceView}. */
  readonly source: MemberSource;
}

/**
 * `description`: Stepwell's own description of an optimized integration; `client`: the installed client of the AWS SDK, for the
 * members of members. `model`: the model of the service that Stepwell ships. `none`: nothing is known.
 */
export type MemberSource = "description" | "client" | "model" | "none";

/** A service of the AWS SDK, as `aws-sdk:SERVICE:action` names it. */
export interface SdkServiceRow {
  readonly service: string;
  readonly title: string;
  readonly packageName: string;
  /** Its client is installed. */
  readonly isInstalled: boolean;
}

export interface SdkServiceList {
  readonly services: readonly SdkServiceRow[];
}

/** The operations of a service. */
export interface SdkServiceView extends SdkServiceRow {
  readonly availability: ActionAvailability;
  readonly source: Exclude<MemberSource, "description">;
  /** Names as ARNs spell them; what each takes is asked for by `designer/actions/aws-sdk:SERVICE:ACTION`. */
  readonly actions: readonly string[];
}

/** Something that is here, for an ARN or name to be picked. */
export interface PickRow {
  /** What goes into the definition: an ARN, of a queue its URL, of a table, bucket, command, database or event bus its name. */
  readonly value: string;
  readonly name: string;
  /** Of a state machine: the row is one of its aliases or versions. */
  readonly qualifier?: "alias" | "version";
  /** Where it is known from. */
  readonly source: "store" | "configuration" | "memory" | "folder";
}

/** Of the Region that was asked in. */
export interface PickList {
  readonly kind: PickedResource;
  readonly rows: readonly PickRow[];
  /** There are more than are told. */
  readonly isMore: boolean;
}

/** What a field's text or value is. `resultPath` gives the input with the result in it; `timestamp` is the constant of a Wait. */
export type ExpressionKind =
  | "jsonpath"
  | "referencePath"
  | "resultPath"
  | "payloadTemplate"
  | "intrinsic"
  | "jsonata"
  | "choiceRule"
  | "timestamp";

/** A field that is to be evaluated: `text` if it is a text, or `value`, any JSON, as the definition has it. */
export interface AskedField {
  /** The caller's name for it. */
  readonly id: string;
  readonly kind: ExpressionKind;
  /** As error messages of JSONata name it: `Output`, `Choices[0]/Condition`; the id if absent. */
  readonly field?: string;
  readonly text?: string;
  readonly value?: unknown;
  /** JSONata: what the field has to be (`Condition` is a boolean, `Items` an array). */
  readonly expected?: "array" | "boolean" | "number" | "string";
  /** Which document `$` is, in JSONPath, and whether `$states.result` or `$states.errorOutput` may be read; `input` if absent. */
  readonly of?: "input" | "result" | "errorOutput";
}

/** JSON texts, as TestState takes them: numbers keep their digits. `input` is `{}` if absent. */
export interface EvaluationData {
  readonly input?: string;
  /** The context object; what a test of a state has if absent. */
  readonly context?: string;
  /** What the context object has as its `Map.Item`, instead of what is in it. */
  readonly item?: string;
  /** An object of the variables by name. */
  readonly variables?: string;
  readonly result?: string;
  readonly errorOutput?: string;
}

export interface EvaluationRequest {
  readonly fields: readonly AskedField[];
  readonly data: EvaluationData;
}

export interface FieldError {
  /**
   * The ASL error at run time, `States.Runtime`. `syntax`: no definition with it can be created; `noData`: the data has no
   * such document; `tooLarge`: the value is larger than anything that a state may give; `tooLong`: it takes too long here.
   */
  readonly code: string;
  /** As the service words it, without the sentence about the state that it puts before. */
  readonly message: string;
  /** Of `syntax`: what the parser says of it, where the service's sentence does not. */
  readonly detail?: string;
  /** Where in the field's value it stands: `Output/items[0]`; absent where the value is the expression. */
  readonly location?: string;
  /** Characters of the text that stands there (`{%` and `%}` among them), where the parser says so; the end is not part of it. */
  readonly from?: number;
  readonly to?: number;
}

/** `value` is JSON text, `bytes` the size of all of it; `isCut`: `value` is only its beginning. */
export type FieldResult =
  | {
      readonly id: string;
      readonly value: string;
      readonly bytes: number;
      readonly isCut?: true;
      /** Variables that the field reads and the data does not have. */
      readonly missing?: readonly string[];
    }
  | { readonly id: string; readonly error: FieldError; readonly missing?: readonly string[] }
  /** The others have taken the time that one request may have. */
  | { readonly id: string; readonly isSkipped: true };

export interface EvaluationAnswer {
  /** In the order of the fields. */
  readonly results: readonly FieldResult[];
}

export interface VariableScopeView {
  readonly variables: readonly VariableInScope[];
}
