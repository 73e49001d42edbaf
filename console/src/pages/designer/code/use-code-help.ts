import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import type { ActionCatalogue } from "../../../../../src/console/view-types.ts";
import { designer } from "../../../api/designer.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import type { DesignerStore } from "../designer-store.ts";
import { useDesigner } from "../use-designer.ts";
import type { CodeHelp, KnownResource } from "./code-help.ts";

/** What the text's helpers are to know. It stays the same object until somebody looks in another language. */
export function useCodeHelp(showUses: () => boolean): CodeHelp {
  const text = useDesignerText();
  const { store, pinned } = useDesigner();
  const actions = useActions();
  const newest = useRef({ actions, showUses });
  useEffect(() => {
    newest.current = { actions, showUses };
  });
  return useMemo(
    () => ({
      text,
      document: () => {
        store.read();
        return store.view.document;
      },
      settled: () => settled(store),
      data: (key) => (key === undefined ? {} : (pinned.get(key)?.data ?? {})),
      resources: () => newest.current.actions.resources,
      members: (resource) => newest.current.actions.members.get(resource) ?? [],
      showUses: () => newest.current.showUses(),
    }),
    [text, store, pinned],
  );
}

function settled(store: DesignerStore): Promise<void> | undefined {
  if (!store.view.isBehind) return undefined;
  return new Promise((resolve) => {
    const unsubscribe = store.subscribe(() => {
      if (store.view.isBehind) return;
      unsubscribe();
      resolve();
    });
  });
}

interface Actions {
  readonly resources: readonly KnownResource[];
  readonly members: ReadonlyMap<
    string,
    readonly { readonly name: string; readonly isRequired: boolean }[]
  >;
}

const none: Actions = { resources: [], members: new Map() };

/** What a Task can name: the catalogue's actions, and the functions and activities that are here. */
function useActions(): Actions {
  const { data } = useQuery({
    queryKey: ["designer", "actions"],
    queryFn: designer.actions,
    staleTime: Infinity,
  });
  const functions = useQuery({
    queryKey: ["designer", "resources", "function", ""],
    queryFn: () => designer.resources("function"),
    staleTime: 60_000,
  });
  const activities = useQuery({
    queryKey: ["designer", "resources", "activity", ""],
    queryFn: () => designer.resources("activity"),
    staleTime: 60_000,
  });
  const here = useMemo(
    () => [...(functions.data?.rows ?? []), ...(activities.data?.rows ?? [])],
    [functions.data, activities.data],
  );
  return useMemo(() => (data === undefined ? none : actionsOf(data, here)), [data, here]);
}

function actionsOf(
  { services }: ActionCatalogue,
  here: readonly { readonly value: string; readonly name: string }[],
): Actions {
  const own = here.map(({ value, name }) => ({ arn: value, title: name }));
  const members = new Map<
    string,
    NonNullable<ActionCatalogue["services"][number]["actions"][number]["members"]>
  >();
  const offered = services.flatMap(({ title, actions }) =>
    actions.flatMap((action) =>
      Object.values(action.resources).map((arn) => {
        if (action.members !== undefined) members.set(arn, action.members);
        return { arn, title: `${title} · ${action.apiName}` };
      }),
    ),
  );
  return { resources: [...own, ...offered], members };
}
