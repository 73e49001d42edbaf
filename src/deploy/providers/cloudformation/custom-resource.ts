import { textOf } from "../../text-of.ts";
import { CustomResourceFailed } from "../../custom-resources/call-custom-resource.ts";
import type { CustomResourceResponse } from "../../custom-resources/read-response.ts";
import {
  type CustomResourceRequest,
  requestResponse,
} from "../../custom-resources/request-response.ts";
import type { Made, ProviderContext, ResourceProvider } from "../provider.ts";

/** *Documented*: `AWS::CloudFormation::CustomResource` and `Custom::…`, which a function or whoever listens to a topic makes. */
export function customResource(ResourceType: string): ResourceProvider {
  return {
    replacing: [],

    async create(properties, context) {
      // *Observed*: what a request came to that was not answered is not known, and so it is deleted by an id that was made up.
      await context.began(context.generatedName({ maxLength: 128 }));
      const request = {
        RequestType: "Create",
        ResourceType,
        ResourceProperties: properties,
      } as const;
      try {
        const response = await requestResponse(request, context);
        if (!response.isSuccess && response.physicalId !== "") {
          await context.began(response.physicalId);
        }
        return madeOf(request, response, context);
      } catch (error) {
        if (error instanceof CustomResourceFailed && error.isRefused) await context.began("");
        throw error;
      }
    },

    async update(properties, { physicalId, properties: before }, context) {
      if (textOf(properties["ServiceToken"]) !== textOf(before["ServiceToken"])) {
        throw new Error("Modifying service token is not allowed.");
      }
      const request = {
        RequestType: "Update",
        ResourceType,
        PhysicalResourceId: physicalId,
        ResourceProperties: properties,
        OldResourceProperties: before,
      } as const;
      return madeOf(request, await requestResponse(request, context), context);
    },

    async delete({ physicalId, properties }, context) {
      const request = {
        RequestType: "Delete",
        ResourceType,
        PhysicalResourceId: physicalId,
        ResourceProperties: properties,
      } as const;
      madeOf(request, await requestResponse(request, context), context);
    },
  };
}

/** Throws, as CloudFormation words it, where the answer is that it failed. */
function madeOf(
  { RequestType }: CustomResourceRequest,
  { isSuccess, reason, physicalId, data, noEcho }: CustomResourceResponse,
  { progress }: ProviderContext,
): Made {
  if (!isSuccess) {
    const requestId = textOf(progress.saved?.["requestId"]);
    throw new Error(
      `Received response status [FAILED] from custom resource. Message returned: ${reason} (RequestId: ${requestId})`,
    );
  }
  return { physicalId, ...(RequestType !== "Delete" && { attributes: data, isNoEcho: noEcho }) };
}
