import type { Tags } from "../directory/records.ts";
import { iamErrors } from "./iam-error.ts";
import {
  type InputOf,
  list,
  type Member,
  optionalNumber,
  optionalText,
  required,
  structure,
} from "./members.ts";

/** *Documented*: IAM, the constraints of the members that many operations have. */
const nameRules = {
  pattern: /^[\w+=,.@-]+$/,
  mustBe: "contain only alphanumeric characters and/or the following: +=,.@_-",
};

export const userName = optionalText({ max: 64, ...nameRules });
export const groupName = optionalText({ max: 128, ...nameRules });
export const roleName = optionalText({ max: 64, ...nameRules });
export const policyName = optionalText({ max: 128, ...nameRules });

export const path = optionalText({
  max: 512,
  pattern: /^\/(?:[!-~]+\/)?$/,
  mustBe: "begin and end with / and contain only alphanumeric characters and/or / characters.",
});
export const pathPrefix = optionalText({
  max: 512,
  pattern: /^\/[!-~]*$/,
  mustBe: "begin with / and contain only alphanumeric characters and/or / characters.",
});

export const policyArn = optionalText({ min: 20, max: 2048 });
export const versionId = optionalText({
  max: 32,
  pattern: /^v[1-9]\d*(?:\.[A-Za-z0-9-]*)?$/,
  mustBe: "be the id of a version, such as v1",
});
export const accessKeyId = optionalText({
  min: 16,
  max: 128,
  pattern: /^\w+$/,
  mustBe: "be an id",
});
/** *Documented*: 131,072 for the member; what a policy may have is less, and counted without spaces. */
export const policyDocument = optionalText({ max: 131_072 });
export const description = optionalText({ min: 0, max: 1_000 });

/** What a listing has. */
export const pageMembers = {
  Marker: optionalText({ max: 1_024 }),
  MaxItems: optionalNumber(1, 1_000),
};

export const tagKeys = list(required(optionalText({ max: 128 })), 50);

/** Tags as a list of keys and values. */
export const tags: Member<Tags> = {
  read(value, place, violations) {
    const given = tagList.read(value, place, violations);
    // What is wrong is refused as a whole, and nothing of it used.
    if (violations.length > 0) return {};
    const keys = given.map(({ Key }) => Key.toLowerCase());
    if (new Set(keys).size !== keys.length) {
      throw iamErrors.invalidInput(
        "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
      );
    }
    return Object.fromEntries(given.map(({ Key, Value }) => [Key, Value]));
  },
};

const tag = {
  Key: required(optionalText({ max: 128 })),
  Value: required(optionalText({ min: 0, max: 256 })),
};
const tagList = list(required<InputOf<typeof tag>>(structure(tag)), 50);
