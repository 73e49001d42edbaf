import type { TaskRequest } from "../../ports/task-handler.ts";
import type { StandIn, StandIns } from "./stand-in.ts";

type Resource = TaskRequest["resource"];

/** A pattern that may match, and how much it says. */
interface Candidate {
  readonly test: RegExp;
  readonly weight: number;
  readonly standIn: StandIn;
}

/**
 * Finds what stands in for a resource. A pattern is a resource's name without `arn:aws:states:::`; without its `.sync` or
 * `.waitForTaskToken` it stands for every way to call; `*` stands for anything. The one that says most counts.
 */
export function standInFinder(standIns: StandIns): (resource: Resource) => StandIn | undefined {
  const candidates: readonly Candidate[] = Object.entries(standIns)
    .map(([pattern, standIn]) => ({
      test: expression(pattern),
      weight: weightOf(pattern),
      standIn,
    }))
    .toSorted((a, b) => b.weight - a.weight);
  return (resource) => {
    if (resource.kind !== "service" || candidates.length === 0) return undefined;
    const name = `${resource.resourceType}:${resource.resource}`;
    return candidates.find(({ test }) => test.test(name))?.standIn;
  };
}

function expression(pattern: string): RegExp {
  const source = pattern
    .replace(/^arn:[^:]*:states:[^:]*:[^:]*:/, "")
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}(?:\\.(?:sync|sync:2|waitForTaskToken))?$`, "i");
}

/** Characters that have to be as they are. */
function weightOf(pattern: string): number {
  return pattern.replaceAll("*", "").length;
}
