import type { ModelShape, PackedModel } from "../../../integrations/aws/packed-models.ts";
import type { SdkShape } from "../../../integrations/aws/sdk-shape.ts";

/** What an operation takes by the model of its service; `undefined` if the model has no such operation. */
export function requestShape(model: PackedModel, operation: string): SdkShape | undefined {
  if (!Object.hasOwn(model.operations, operation)) return undefined;
  const name = model.operations[operation];
  return typeof name === "string" ? shapeOf(model, name) : nothing;
}

const nothing: SdkShape = { type: "structure", members: new Map(), required: [] };

/** A shape may contain itself: what is within one is made when it is asked for. */
function shapeOf(model: PackedModel, name: string): SdkShape {
  const {
    type,
    members = {},
    required = [],
    member = "",
    value = "",
    ...more
  } = model.shapes[name] as ModelShape;
  switch (type) {
    case "structure": {
      const shapes = Object.entries(members).map(
        ([key, inner]) => [key, () => shapeOf(model, inner)] as const,
      );
      return { type, members: new Map(shapes), required };
    }
    case "list":
      return { type, item: () => shapeOf(model, member) };
    case "map":
      return { type, value: () => shapeOf(model, value) };
    case "string":
    case "character":
      return { type: "text", ...(more.enum && { options: more.enum }) };
    case "integer":
    case "long":
    case "float":
    case "double":
      return { type: "number" };
    case "timestamp":
    case "blob":
    case "boolean":
    case "document":
      return { type };
  }
}
