import { RE2JS } from "re2js";
import {
  isNumeric,
  longestText,
  TemplateFailure,
  toText,
  VtlObject,
  type VtlValue,
} from "./values.ts";

type Method<T> = (self: T, given: readonly VtlValue[]) => VtlValue;

/** What a value's member is: that of an object or a map. *Documented*: Velocity: `empty` of a text or a list is `isEmpty()`. */
export function memberOf(value: VtlValue, name: string): VtlValue {
  if (value instanceof VtlObject) {
    return Object.hasOwn(value.members, name) ? value.members[name] : undefined;
  }
  if (name === "empty" && (typeof value === "string" || Array.isArray(value))) {
    return value.length === 0;
  }
  return value instanceof Map ? value.get(name) : undefined;
}

/** Calls a method of a value. What is not there has none, and nothing comes of it. Throws a {@link TemplateFailure}. */
export function callMethod(value: VtlValue, name: string, given: readonly VtlValue[]): VtlValue {
  if (value === null || value === undefined) return undefined;
  if (value instanceof VtlObject) {
    if (Object.hasOwn(value.functions, name)) return value.functions[name]?.(...given);
  } else if (name === "toString") return toText(value);
  else if (name === "equals") return toText(value) === toText(given[0]);
  else if (Array.isArray(value)) return own(listMethods, name)(value, given);
  else if (value instanceof Map) return own(mapMethods, name)(value, given);
  else if (typeof value === "string") return own(textMethods, name)(value, given);
  throw unknownMethod(name);
}

/** What is at a place of a list, or under a name of a map. */
export function itemOf(value: VtlValue, index: VtlValue): VtlValue {
  if (Array.isArray(value)) return isNumeric(index) ? value.at(Number(index)) : undefined;
  return value instanceof Map ? value.get(toText(index)) : undefined;
}

function own<T>(methods: { readonly [name: string]: Method<T> }, name: string): Method<T> {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined) throw unknownMethod(name);
  return method;
}

function unknownMethod(name: string): TemplateFailure {
  return new TemplateFailure(`Unknown method ${name}`);
}

function text(value: VtlValue): string {
  return toText(value);
}

function integer(value: VtlValue): number {
  if (!isNumeric(value) || !Number.isInteger(Number(value))) {
    throw new TemplateFailure("Expected an integer");
  }
  return Number(value);
}

/** *Documented*: Java's `String`, as far as templates use it. Regular expressions take linear time. */
const textMethods: { readonly [name: string]: Method<string> } = {
  length: (self) => self.length,
  isEmpty: (self) => self === "",
  equalsIgnoreCase: (self, [other]) => self.toLowerCase() === text(other).toLowerCase(),
  contains: (self, [other]) => self.includes(text(other)),
  startsWith: (self, [other]) => self.startsWith(text(other)),
  endsWith: (self, [other]) => self.endsWith(text(other)),
  indexOf: (self, [other]) => self.indexOf(text(other)),
  toLowerCase: (self) => self.toLowerCase(),
  toUpperCase: (self) => self.toUpperCase(),
  trim: (self) => self.trim(),
  concat: (self, [other]) => self + text(other),
  substring: (self, [from, to]) =>
    self.slice(integer(from), to === undefined ? undefined : integer(to)),
  replace: (self, [from, to]) => {
    const replacement = replacementFor(self, to);
    return self.replaceAll(text(from), () => replacement);
  },
  replaceAll: (self, [pattern, to]) => matcher(pattern, self).replaceAll(replacementFor(self, to)),
  matches: (self, [pattern]) => matcher(pattern, self).matches(),
  split: (self, [pattern]) => expression(pattern).split(self),
};

const listMethods: { readonly [name: string]: Method<VtlValue[]> } = {
  size: (self) => self.length,
  isEmpty: (self) => self.length === 0,
  get: (self, [index]) => self[integer(index)],
  contains: (self, [item]) => self.some((each) => text(each) === text(item)),
  add: (self, [item]) => {
    self.push(item);
    return true;
  },
};

const mapMethods: { readonly [name: string]: Method<Map<string, VtlValue>> } = {
  size: (self) => self.size,
  isEmpty: (self) => self.size === 0,
  get: (self, [name]) => self.get(text(name)),
  containsKey: (self, [name]) => self.has(text(name)),
  keySet: (self) => [...self.keys()],
  values: (self) => [...self.values()],
  entrySet: (self) =>
    [...self].map(
      ([key, value]) => new VtlObject({ key, value }, { getKey: () => key, getValue: () => value }),
    ),
  put: (self, [name, value]) => {
    const before = self.get(text(name));
    self.set(text(name), value);
    return before;
  },
  remove: (self, [name]) => {
    const before = self.get(text(name));
    self.delete(text(name));
    return before;
  },
};

/** The most that can come of it is bounded before it is made: a replacement for each place of the text. */
function replacementFor(self: string, to: VtlValue): string {
  const replacement = text(to);
  if ((self.length + 1) * replacement.length > longestText) {
    throw new TemplateFailure("A text is too long");
  }
  return replacement;
}

function expression(pattern: VtlValue): RE2JS {
  try {
    return RE2JS.compile(text(pattern));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TemplateFailure(`Unsupported regular expression: ${reason}`);
  }
}

function matcher(pattern: VtlValue, given: string): ReturnType<RE2JS["matcher"]> {
  return expression(pattern).matcher(given);
}
