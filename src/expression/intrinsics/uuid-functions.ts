import { fixed, type IntrinsicFunction } from "./intrinsic-function.ts";

export const uuidFunctions = {
  "States.UUID": fixed(0, (_given, scope) => scope.random.uuid()),
} satisfies Readonly<Record<string, IntrinsicFunction>>;
