/** What a parameter's type says of its value. */
export interface ParameterType {
  /** What each item is. AWS's own types (`AWS::EC2::VPC::Id`) are texts: Stepwell has no such resources to look for. */
  readonly item: "text" | "number";
  readonly isList: boolean;
  /** The value is the name of a parameter in SSM, whose value is taken. */
  readonly isInSsm: boolean;
}

/** Reads a type; `undefined` if there is none of that name. Documented: "Parameters", supported types. */
export function parameterType(name: string): ParameterType | undefined {
  const inSsm = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(name)?.[1];
  if (inSsm !== undefined) {
    const type = parameterType(inSsm);
    return type && !type.isInSsm ? { ...type, isInSsm: true } : undefined;
  }
  const items = /^List<(.+)>$/.exec(name)?.[1];
  const item = itemType(items ?? (name === "CommaDelimitedList" ? "String" : name));
  return (
    item && { item, isList: items !== undefined || name === "CommaDelimitedList", isInSsm: false }
  );
}

function itemType(name: string): ParameterType["item"] | undefined {
  if (name === "Number") return "number";
  return name === "String" || /^AWS(?:::[A-Za-z0-9]+)+$/.test(name) ? "text" : undefined;
}

/** Documented: items are separated by commas, and blanks around them do not count. */
export function splitList(text: string): readonly string[] {
  return text === "" ? [] : text.split(",").map((item) => item.trim());
}
