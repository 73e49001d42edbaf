import { expect, test } from "vitest";
import { createReferredUrls } from "./referred-url.ts";

test("a URL is written with references, or is the secret that an ARN names; its password is learned", async () => {
  const learned: string[] = [];
  const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
  const urls = createReferredUrls(
    {
      of: (text) =>
        Promise.resolve(
          text === `${arn}#url`
            ? { value: "postgres://u:of-secret@h/d", isSecret: true }
            : { problem: "there is no such secret" },
        ),
    },
    { environment: { PASSWORD: "of/variable" }, folder: "." },
    { learn: (secrets) => void learned.push(...secrets) },
  );
  expect(await urls.of("smtps://u:${PASSWORD}@h")).toMatchObject({
    text: "smtps://u:of%2Fvariable@h",
  });
  expect(await urls.of(`${arn}#url`)).toEqual({ text: "postgres://u:of-secret@h/d" });
  expect(await urls.of(arn)).toEqual({ problem: "there is no such secret" });
  expect(learned).toEqual(expect.arrayContaining(["of/variable", "of-secret"]));
});
