import { useQuery } from "@tanstack/react-query";
import type { PickedResource } from "../../../../../../src/console/view-types.ts";
import { designer } from "../../../../api/designer.ts";

/** What a Task can call: it does not change while a page is open, but for what is available. */
export function useActions() {
  return useQuery({
    queryKey: ["designer", "actions"],
    queryFn: designer.actions,
    staleTime: 60_000,
  });
}

/** One action with the members of its members; an SDK operation's, too. */
export function useAction(id: string | undefined) {
  return useQuery({
    queryKey: ["designer", "action", id],
    queryFn: () => designer.action(id ?? ""),
    enabled: id !== undefined,
    staleTime: 60_000,
    retry: false,
  });
}

export function useSdkServices(isWanted: boolean) {
  return useQuery({
    queryKey: ["designer", "sdk-services"],
    queryFn: designer.sdkServices,
    enabled: isWanted,
    staleTime: Infinity,
  });
}

export function useSdkService(service: string | undefined) {
  return useQuery({
    queryKey: ["designer", "sdk-service", service],
    queryFn: () => designer.sdkService(service ?? ""),
    enabled: service !== undefined,
    staleTime: 60_000,
    retry: false,
  });
}

export function useResources(kind: PickedResource, text: string) {
  return useQuery({
    queryKey: ["designer", "resources", kind, text],
    queryFn: () => designer.resources(kind, text === "" ? {} : { text }),
    staleTime: 10_000,
    placeholderData: (before) => before,
  });
}
