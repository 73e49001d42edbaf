import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";

/** What has policies of its own, as the names of IAM's operations have it. */
export type HolderKind = "User" | "Group" | "Role";

export interface Named {
  readonly Arn: string;
  readonly CreateDate: string;
  readonly Description?: string;
}

export interface AttachedPolicy {
  readonly PolicyName: string;
  readonly PolicyArn: string;
}

export interface Policy extends Named {
  readonly PolicyName: string;
  readonly DefaultVersionId: string;
  readonly AttachmentCount: number;
}

export interface AccessKey {
  readonly AccessKeyId: string;
  readonly Status: "Active" | "Inactive";
  readonly CreateDate: string;
}

type Page = Readonly<Record<string, unknown>> & {
  readonly IsTruncated?: boolean;
  readonly Marker?: string;
};

/** All items of a listing of IAM, which is answered under `member`. */
export async function listAll<T>(
  operation: string,
  member: string,
  input: object = {},
): Promise<readonly T[]> {
  const items: T[] = [];
  let marker: string | undefined;
  do {
    const page: Page = await server.iam<Page>(operation, {
      ...input,
      ...(marker !== undefined && { Marker: marker }),
    });
    items.push(...((page[member] ?? []) as readonly T[]));
    marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (marker !== undefined);
  return items;
}

/** IAM answers documents with their characters escaped, as in an address. */
export function decodedDocument(document: string): string {
  const text = decodeURIComponent(document);
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

/** What is read of IAM, under a name of its own. */
export function useIam<T>(name: readonly string[], read: () => Promise<T>) {
  return useQuery({ queryKey: [...keys.access, ...name], queryFn: read });
}

/** Changes something of IAM; whatever is shown of it is read again. */
export function useChange<V = void, T = unknown>(
  change: (given: V) => Promise<T>,
  onDone?: (answer: T) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (answer: T) => {
      onDone?.(answer);
      await client.invalidateQueries({ queryKey: keys.access });
    },
  });
}
