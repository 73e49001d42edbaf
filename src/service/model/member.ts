import type { JsonValue } from "../../expression/json.ts";

/** What the model says of one member of an operation's input. */
export type Member =
  | StringMember
  | NumberMember
  | BooleanMember
  | StructureMember
  | ListMember
  | MapMember
  | TimestampMember
  | DocumentMember;

interface MemberBase {
  readonly required?: true;
}

export interface StringMember extends MemberBase {
  readonly type: "string";
  /** Shortest and longest length, in UTF-16 units as the service counts. */
  readonly min?: number;
  /** `"payload"` is the limit on payloads, which the server's configuration may change. */
  readonly max?: number | "payload";
  readonly pattern?: RegExp;
  readonly enum?: readonly string[];
  /** Its value is not quoted in a validation error. */
  readonly sensitive?: true;
}

export interface NumberMember extends MemberBase {
  readonly type: "integer" | "float";
  readonly min?: number;
  readonly max?: number;
}

export interface BooleanMember extends MemberBase {
  readonly type: "boolean";
}

export interface StructureMember extends MemberBase {
  readonly type: "structure";
  /** The name of its shape in the service's model, which a validation error shows. */
  readonly shape: string;
  readonly members: Members;
}

export interface ListMember extends MemberBase {
  readonly type: "list";
  readonly of: Member;
  readonly min?: number;
  readonly max?: number;
}

/** Names and values. */
export interface MapMember extends MemberBase {
  readonly type: "map";
  readonly of: Member;
  readonly max?: number;
}

/** Seconds since the epoch, or a date as a text; once validated it is in milliseconds. */
export interface TimestampMember extends MemberBase {
  readonly type: "timestamp";
}

/** Any JSON: what it has to be is said by what uses it. */
export interface DocumentMember extends MemberBase {
  readonly type: "document";
}

export type Members = { readonly [name: string]: Member };

/** The value that a validated member has. */
export type ValueOf<M> = M extends { readonly enum: readonly (infer E)[] }
  ? E
  : M extends { readonly type: "string" }
    ? string
    : M extends { readonly type: "integer" | "float" | "timestamp" }
      ? number
      : M extends { readonly type: "boolean" }
        ? boolean
        : M extends { readonly type: "structure"; readonly members: infer Ms }
          ? Shape<Ms>
          : M extends { readonly type: "list"; readonly of: infer Of }
            ? readonly ValueOf<Of>[]
            : M extends { readonly type: "map"; readonly of: infer Of }
              ? { readonly [name: string]: ValueOf<Of> }
              : M extends { readonly type: "document" }
                ? JsonValue
                : never;

/** The object that validated members make: required ones are there, the others may be absent. */
export type Shape<Ms> = {
  readonly [K in keyof Ms as Ms[K] extends { readonly required: true } ? K : never]: ValueOf<Ms[K]>;
} & {
  readonly [K in keyof Ms as Ms[K] extends { readonly required: true } ? never : K]?: ValueOf<
    Ms[K]
  >;
};
