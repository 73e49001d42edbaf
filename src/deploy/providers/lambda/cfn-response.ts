import type { ZipFile } from "../../../integrations/functions/archive/write-zip.ts";

/**
 * The modules with which a custom resource's function answers. *Documented*: functions whose code is in the template itself find them, `cfn-response` of Node
 * and `cfnresponse` of Python, and others do not. The texts are our own.
 */
export function responseModules(runtime: string, code: string): readonly ZipFile[] {
  const isPython = runtime.startsWith("python");
  const name = isPython ? "cfnresponse" : "cfn-response";
  if (!code.includes(name)) return [];
  const path = isPython ? "cfnresponse.py" : "node_modules/cfn-response/index.js";
  return [{ path, content: Buffer.from(isPython ? python : node) }];
}

const node = `"use strict";
exports.SUCCESS = "SUCCESS";
exports.FAILED = "FAILED";

exports.send = async function (event, context, responseStatus, responseData, physicalResourceId, noEcho) {
  const body = JSON.stringify({
    Status: responseStatus,
    Reason: "See the details in CloudWatch Log Stream: " + context.logStreamName,
    PhysicalResourceId: physicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: responseData,
  });
  const { done } = context;
  try {
    const answer = await fetch(event.ResponseURL, { method: "PUT", headers: { "content-type": "" }, body });
    if (!answer.ok) throw new Error("The answer was not taken: " + answer.status);
    done();
  } catch (error) {
    console.log("send(..) failed executing fetch(..): " + error);
    done(error);
  }
};
`;

const python = `import json
import urllib.request

SUCCESS = "SUCCESS"
FAILED = "FAILED"


def send(event, context, responseStatus, responseData, physicalResourceId=None, noEcho=False, reason=None):
    body = json.dumps({
        "Status": responseStatus,
        "Reason": reason or "See the details in CloudWatch Log Stream: {}".format(context.log_stream_name),
        "PhysicalResourceId": physicalResourceId or context.log_stream_name,
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
        "NoEcho": noEcho,
        "Data": responseData,
    }).encode("utf-8")
    request = urllib.request.Request(event["ResponseURL"], data=body, headers={"content-type": ""}, method="PUT")
    with urllib.request.urlopen(request) as answer:
        print("Status code:", answer.status)
`;
