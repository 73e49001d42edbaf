import type { CallTarget } from "../../../../src/console/view-types.ts";

/** Who answers. */
export type Place = CallTarget["to"] | "local";

/** Services that the same one answers, for the same reason. */
export interface TargetGroup {
  readonly place: Place;
  readonly otherwise: CallTarget["otherwise"];
  /** Of what is not installed the packages. */
  readonly because: string;
  readonly targets: readonly CallTarget[];
}

/** What can be called first. */
const order: readonly Place[] = ["AWS", "standIn", "local", "nowhere", "notInstalled"];

/** Services by who answers and why: where nothing is configured that is the same for most of them. */
export function targetGroups(targets: readonly CallTarget[]): readonly TargetGroup[] {
  const grouped = Map.groupBy(targets, (target) => {
    const place = placeOf(target);
    const reason = place === "notInstalled" ? "" : generally(target.because);
    return JSON.stringify([place, target.otherwise, reason]);
  });
  return [...grouped.values()]
    .flatMap((own): readonly TargetGroup[] => {
      const [first] = own;
      if (first === undefined) return [];
      const place = placeOf(first);
      const [because, ...others] = new Set(own.map(({ because }) => because));
      const reasons =
        place === "notInstalled" || others.length === 0
          ? [because, ...others]
          : [generally(first.because)];
      return [{ place, otherwise: first.otherwise, because: reasons.join(", "), targets: own }];
    })
    .sort((a, b) => order.indexOf(a.place) - order.indexOf(b.place));
}

/** The reason without the service: each has a variable of its own for its endpoint. */
function generally(because: string): string {
  return because.replaceAll(/AWS_ENDPOINT_URL_[A-Z\d_]+/g, "AWS_ENDPOINT_URL_<SERVICE>");
}

function placeOf({ to, otherwise }: CallTarget): Place {
  const isLocal = otherwise === "local functions" || otherwise === "local folder";
  return to === "nowhere" && isLocal ? "local" : to;
}
