import type { MapState } from "../../asl/states/map.ts";
import { mapLabel } from "../../machine/map-run/map-label.ts";

interface Drawn {
  readonly Type?: unknown;
  readonly Label?: unknown;
  readonly States?: Readonly<Record<string, unknown>>;
  readonly Branches?: readonly unknown[];
  readonly ItemProcessor?: { readonly ProcessorConfig?: { readonly Mode?: unknown } };
  readonly Iterator?: unknown;
}

/**
 * What a child of a distributed Map runs, as JSON text: the processor of the Map of that label, as it is written in the
 * definition of the whole; `undefined` if it has no such Map.
 */
export function childDefinitionText(
  definition: string,
  machineArn: string,
  label: string,
): string | undefined {
  const whole = JSON.parse(definition) as { readonly QueryLanguage?: unknown };
  const processor = find(whole, (name, { Label }) => {
    const distributed = typeof Label === "string" ? { Label } : {};
    return mapLabel(machineArn, { Name: name, distributed } as MapState) === label;
  });
  if (processor === undefined) return undefined;
  const { ProcessorConfig: _config, ...graph } = processor as {
    readonly ProcessorConfig?: unknown;
  };
  return JSON.stringify({ QueryLanguage: whole.QueryLanguage, ...graph });
}

function find(graph: unknown, isWanted: (name: string, state: Drawn) => boolean): unknown {
  for (const [name, given] of Object.entries((graph as Drawn | undefined)?.States ?? {})) {
    const state = given as Drawn;
    const { ItemProcessor: processor, Iterator, Branches = [] } = state;
    if (processor?.ProcessorConfig?.Mode === "DISTRIBUTED" && isWanted(name, state)) {
      return processor;
    }
    for (const inner of [processor ?? Iterator, ...Branches]) {
      const found = find(inner, isWanted);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
