import type { ServiceOperation } from "../../ports/service-api.ts";
import { structureOf, structuresOf, textOf } from "../members.ts";
import { checkedTags } from "./object-headers.ts";
import type { ObjectNote } from "./object-notes.ts";
import { ofObject, type S3Call, s3Operation, type S3Context } from "./s3-context.ts";

const tagging = { ...ofObject, markers: ["tagging"] };

export function tagOperations({ buckets, notes }: S3Context): {
  readonly [name: string]: ServiceOperation;
} {
  const noteOf = async ({ bucket, key }: S3Call): Promise<ObjectNote> => {
    const { etag } = await buckets.head({ bucket, key });
    return notes.of({ bucket, key }, etag);
  };
  return {
    GetObjectTagging: s3Operation(
      { ...tagging, method: "GET" },
      "s3:GetObjectTagging",
      async (call) => {
        const { tags = [] } = await noteOf(call);
        return { members: { Tagging: { TagSet: { Tag: tags } } } };
      },
    ),
    PutObjectTagging: s3Operation(
      { ...tagging, method: "PUT" },
      "s3:PutObjectTagging",
      async (call) => {
        const given = structuresOf(structureOf(call.members, "TagSet"), "Tag");
        const tags = checkedTags(
          given.map((tag) => ({
            Key: textOf(tag, "Key") ?? "",
            Value: textOf(tag, "Value") ?? "",
          })),
        );
        await notes.set(call, { ...(await noteOf(call)), tags });
        return {};
      },
    ),
    DeleteObjectTagging: s3Operation(
      { ...tagging, method: "DELETE", status: 204 },
      "s3:DeleteObjectTagging",
      async (call) => {
        await notes.set(call, { ...(await noteOf(call)), tags: [] });
        return {};
      },
    ),
  };
}
