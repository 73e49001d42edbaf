import { expect, test } from "vitest";
import { apiHost, apiIdsOf, isOfAws, servedAddress } from "./api-host.ts";

test("the host of an API names it", () => {
  expect(apiHost("a1b2.execute-api.us-east-1.amazonaws.com")).toEqual({
    api: "a1b2",
    domain: "us-east-1.amazonaws.com",
  });
  expect(apiHost("shop.execute-api.localhost:8083")).toEqual({ api: "shop", domain: "localhost" });
  expect(apiHost("localhost:8083")).toBeUndefined();
  expect(apiHost("execute-api.us-east-1.amazonaws.com")).toBeUndefined();
});

test("only AWS's domains are AWS's", () => {
  expect(isOfAws({ domain: "us-east-1.amazonaws.com" })).toBe(true);
  expect(isOfAws({ domain: "cn-north-1.amazonaws.com.cn" })).toBe(true);
  expect(isOfAws({ domain: "us-east-1.amazonaws.com.evil.example" })).toBe(false);
  expect(isOfAws({ domain: "localhost" })).toBe(false);
});

test("an output that names an API of the stack has an address here", () => {
  const ids = apiIdsOf([
    { type: "AWS::ApiGateway::RestApi", physicalId: "a1b2" },
    { type: "AWS::Lambda::Function", physicalId: "c3d4" },
  ]);
  const at = (text: string) => servedAddress(text, ids, "http://localhost:8083/");
  const host = "execute-api.us-east-1.amazonaws.com";
  expect(at(`https://a1b2.${host}/Prod/orders?x=1`)).toBe(
    "http://localhost:8083/api/a1b2/Prod/orders?x=1",
  );
  expect(at(`https://a1b2.${host}`)).toBe("http://localhost:8083/api/a1b2");
  expect(at(`https://c3d4.${host}/Prod`)).toBeUndefined();
  expect(at("https://example.com/a1b2")).toBeUndefined();
});
