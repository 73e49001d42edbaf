/**
 * A state machine's definition with its `DefinitionSubstitutions` put in: each `${Name}` that has a value becomes that text.
 *
 * Documented: of a text and of a definition in S3 alike, before its JSON or YAML is read. Observed: text for text, so that a number may be put where no
 * quotes are; what has no value stays.
 */
export function substituteDefinition(
  text: string,
  substitutions: { readonly [name: string]: string },
): string {
  return text.replaceAll(/\$\{([^{}$\s]+)\}/g, (written, name: string) =>
    Object.hasOwn(substitutions, name) ? (substitutions[name] ?? written) : written,
  );
}
