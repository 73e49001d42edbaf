const member = /\{([^{}+]+)(\+?)\}/g;

/** The members of a route's path: `id` of `/orders/{id}`, `proxy` of `/{proxy+}`. */
export function pathMembers(path: string): readonly string[] {
  return [...path.matchAll(member)].map(([, name = ""]) => name);
}

/** The path with its members filled in, as far as there is something; one that takes the rest of a path keeps its slashes. */
export function filledPath(path: string, values: Readonly<Record<string, string>>): string {
  return path.replaceAll(member, (whole, name: string, isGreedy: string) => {
    const value = values[name] ?? "";
    if (value === "") return whole;
    return isGreedy === ""
      ? encodeURIComponent(value)
      : value.split("/").map(encodeURIComponent).join("/");
  });
}
