import { isJsonObject, ownMember } from "../../expression/json.ts";
import { defined, invalid, type ExpandResource } from "./expansion.ts";
import { tagList } from "./tags.ts";

/** `AWS::Serverless::Application`: a nested stack. One of the Serverless Application Repository cannot be had here. */
export const expandApplication: ExpandResource = (resource, expansion) => {
  const { logicalId, properties, attributes } = resource;
  const location = ownMember(properties, "Location");
  if (location === undefined || isJsonObject(location)) {
    throw invalid(
      expansion,
      logicalId,
      "'Location' must be the path or the URL of a template: Stepwell reads none of the Serverless Application Repository.",
    );
  }
  return {
    [logicalId]: {
      Type: "AWS::CloudFormation::Stack",
      ...attributes,
      Properties: defined({
        TemplateURL: location,
        Parameters: ownMember(properties, "Parameters"),
        NotificationARNs: ownMember(properties, "NotificationARNs"),
        TimeoutInMinutes: ownMember(properties, "TimeoutInMinutes"),
        Tags: tagList(properties, "lambda:createdBy"),
      }),
    },
  };
};
