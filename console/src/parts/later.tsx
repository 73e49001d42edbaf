import { lazy, Suspense, type ComponentType, type ReactNode } from "react";
import { part } from "../app/missing-part.ts";
import { Loading } from "./layout.tsx";

/** A component whose code is loaded when it is shown for the first time: what most people who open a page do not see at once. */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
): (props: P) => ReactNode {
  const loaded = part(load);
  const Part = lazy(async () => ({ default: await loaded() }));
  return function Later(props: P) {
    return (
      <Suspense fallback={<Loading />}>
        {/* React's types do not know that a lazy component's properties are the component's. */}
        <Part {...(props as P & Parameters<typeof Part>[0])} />
      </Suspense>
    );
  };
}
