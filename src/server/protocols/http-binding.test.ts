import { expect, test } from "vitest";
import type { HttpBinding, ServiceOperation } from "../../ports/service-api.ts";
import { httpBindings } from "./http-binding.ts";

const operation = (http: HttpBinding): ServiceOperation => ({
  http,
  prepare: () => expect.fail("nobody performs it"),
});

const boundOf = httpBindings({
  ListObjects: operation({ method: "GET", path: "/{Bucket}", query: { Prefix: "prefix" } }),
  ListUploads: operation({ method: "GET", path: "/{Bucket}", markers: ["uploads"] }),
  PutObject: operation({
    method: "PUT",
    path: "/{Bucket}/{Key+}",
    prefixHeaders: { Metadata: "x-amz-meta-" },
  }),
  CopyObject: operation({
    method: "PUT",
    path: "/{Bucket}/{Key+}",
    headers: { CopySource: "x-amz-copy-source" },
    headerMarkers: ["x-amz-copy-source"],
  }),
  GetSchedule: operation({ method: "GET", path: "/schedules/{Name}" }),
  ListTags: operation({ method: "GET", path: "/tags/{Arn}", query: { Keys: "key" } }),
});

const bound = (method: string, url: string, headers = {}) => {
  const { pathname, searchParams } = new URL(`http://localhost${url}`);
  const found = boundOf({ method, path: pathname, query: searchParams, headers });
  return found && { [found.operation]: found.members };
};

test.each([
  ["GET", "/assets?prefix=a%2Fb", {}, { ListObjects: { Bucket: "assets", Prefix: "a/b" } }],
  ["GET", "/assets/?uploads", {}, { ListUploads: { Bucket: "assets" } }],
  [
    "PUT",
    "/assets/a/b%20c/",
    { "x-amz-meta-owner": "me" },
    { PutObject: { Bucket: "assets", Key: "a/b c/", Metadata: { owner: "me" } } },
  ],
  [
    "PUT",
    "/assets/a",
    { "x-amz-copy-source": "b/c" },
    { CopyObject: { Bucket: "assets", Key: "a", CopySource: "b/c" } },
  ],
  ["GET", "/schedules/nightly", {}, { GetSchedule: { Name: "nightly" } }],
  ["GET", "/tags/arn%3Aa%2Fb?key=1&key=2", {}, { ListTags: { Arn: "arn:a/b", Keys: ["1", "2"] } }],
  ["PATCH", "/assets", {}, undefined],
])("%s %s with %j is %j", (method, url, headers, expected) => {
  expect(bound(method, url, headers)).toEqual(expected);
});
