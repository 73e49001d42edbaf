import type { DocumentNode } from "./definition-document.ts";

/** The JSON value of a tree; an alias is what it stands for. */
export function plainValue(node: DocumentNode): unknown {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "alias":
      return plainValue(node.target);
    case "array":
      return node.items.map(({ value }) => plainValue(value));
    case "object": {
      const object: Record<string, unknown> = {};
      for (const { name, value } of node.members) {
        // Assigned, a member of this name would become the prototype.
        if (name === "__proto__") {
          const member = { value: plainValue(value), writable: true };
          Object.defineProperty(object, name, { ...member, enumerable: true, configurable: true });
        } else object[name] = plainValue(value);
      }
      return object;
    }
  }
}
