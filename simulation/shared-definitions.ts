import { parseDefinition, type ParsedDefinition } from "../src/asl/parse-definition.ts";

/**
 * Compiles a definition once for all nodes of a world, whatever becomes of them: what is compiled never changes, and each
 * node that comes back would do the same again.
 */
export function sharedDefinitions(): (definition: string) => ParsedDefinition {
  const compiled = new Map<string, ParsedDefinition>();
  return (definition) => {
    const known = compiled.get(definition) ?? parseDefinition(definition);
    compiled.set(definition, known);
    return known;
  };
}
