import type { JsonObject, JsonValue } from "../expression/json.ts";

/** A template as it was read: its sections with every intrinsic function in the long form, `{ "Fn::Sub": … }`. */
export interface Template {
  /** What it is called in messages: the name of its file or of its stack. */
  readonly name: string;
  readonly sections: JsonObject;
  /** Where a member was written; that of the nearest member around it where it was made, not written. */
  place(path: TemplatePath): TemplatePlace | undefined;
}

/** Names and indexes from the top of a template: `["Resources", "Orders", "Properties"]`. */
export type TemplatePath = readonly (string | number)[];

/** Both count from 1. */
export interface TemplatePlace {
  readonly line: number;
  readonly column: number;
}

/** What is wrong with a template or with what was given for it, in AWS's words where AWS has words for it. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  readonly path: TemplatePath | undefined;
  /** The path's place, or that of a text that could not be read at all. */
  readonly place: TemplatePlace | undefined;

  constructor(message: string, path?: TemplatePath, place?: TemplatePlace) {
    super(message);
    this.path = path;
    this.place = place;
  }

  /** The message with its place, where the message does not have it already. */
  get placedMessage(): string {
    const { message, place } = this;
    if (place === undefined || message.includes("(line ")) return message;
    return `${message} (line ${place.line}, column ${place.column})`;
  }
}

/** Reads a file beside the template, by the path that the template has; `undefined` where there is none. */
export type ReadLocalFile = (path: string) => string | undefined;

/** The values of pseudo parameters, `AWS::Region` and its like. */
export interface PseudoParameters {
  readonly accountId: string;
  readonly region: string;
  readonly stackName: string;
  readonly stackId: string;
  /** `aws` if absent. */
  readonly partition?: string;
  /** `amazonaws.com` if absent. */
  readonly urlSuffix?: string;
  readonly notificationArns?: readonly string[];
}

/** All that a template's values depend on and that is known before anything is made. */
export interface TemplateContext {
  readonly pseudo: PseudoParameters;
  /** Values as a caller gives them: a list's are separated by commas. A parameter that is not named has its default. */
  readonly parameters?: { readonly [name: string]: string };
  /** The values of `AWS::SSM::Parameter::Value<…>`, by the names that `ssmParametersOf` lists. */
  readonly ssmParameters?: { readonly [name: string]: string };
  /** What the other stacks of this account and Region export. */
  exportedValue?(name: string): string | undefined;
  /** The zones of `Fn::GetAZs`; absent: three, `a` to `c`. */
  availabilityZones?(region: string): readonly string[];
}

/** A parameter, with the value that it has. */
export interface ResolvedParameter {
  readonly name: string;
  readonly type: string;
  readonly value: string | readonly string[];
  /** Its value is not to be shown. */
  readonly noEcho: boolean;
}

/** What happens to a resource when it is removed from the stack or replaced. */
export type RetentionPolicy = "Delete" | "Retain" | "RetainExceptOnCreate" | "Snapshot";

/** A resource of a template whose condition holds. */
export interface PlannedResource {
  readonly logicalId: string;
  readonly type: string;
  /** As far as they are known; a reference to what has not been made is still a function. */
  readonly properties: JsonObject;
  /** The resources that have to be there first, by `DependsOn` and by every reference. */
  readonly dependencies: readonly string[];
  readonly deletionPolicy: RetentionPolicy;
  readonly updateReplacePolicy: RetentionPolicy;
  readonly metadata: JsonValue | undefined;
  readonly updatePolicy: JsonValue | undefined;
  readonly creationPolicy: JsonValue | undefined;
}

/** What references to a resource that was made come to. */
export interface MadeResource {
  /** What `Ref` gives. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives, by the attribute's whole name: `Arn`, `Outputs.Url`. */
  readonly attributes: { readonly [name: string]: JsonValue };
}

/** The resources that were made so far; `undefined` for one that was not. */
export type MadeResources = (logicalId: string) => MadeResource | undefined;

export interface ResolvedOutput {
  readonly name: string;
  readonly value: string;
  readonly description: string | undefined;
  readonly exportName: string | undefined;
}

/** A template with its parameters: what is to be made, in the order in which it can be made. */
export interface ResolvedTemplate {
  readonly description: string | undefined;
  readonly parameters: readonly ResolvedParameter[];
  readonly conditions: { readonly [name: string]: boolean };
  /** Each after all that it depends on. */
  readonly resources: readonly PlannedResource[];
  /** The names of what other stacks export and this template imports. */
  readonly imports: readonly string[];
  /** The properties of a resource, once what it refers to is made. Dynamic references are still in them. */
  propertiesOf(logicalId: string, made: MadeResources): JsonObject;
  /** The outputs, once all is made; those whose condition does not hold are left out. */
  outputs(made: MadeResources): readonly ResolvedOutput[];
}
