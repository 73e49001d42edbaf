import { expect, test } from "vitest";
import { checkConfig } from "./config-schema.ts";

test("mail, databases and the public URL are taken", () => {
  const config = {
    mail: { smtp: "smtps://user:${MAIL_PASSWORD}@mail.example.com:465", from: "a@example.com" },
    databases: { orders: "postgres://u:${P}@h/d", small: "sqlite:./a.db", own: "${DATABASE_URL}" },
    publicUrl: "https://flows.example.com/stepwell",
  };
  expect(checkConfig(config, "c.json")).toBe(config);
});

test.each([
  [{ mail: {} }, "'mail' must be an object with smtp"],
  [{ mail: { smtp: "http://canary" } }, "'mail.smtp' must be a URL that begins with smtp://"],
  [{ mail: { smtp: "smtp://h", password: "canary" } }, "'mail.password' is not a known key"],
  [{ databases: { a: "mysql://canary" } }, "'databases.a' must be postgres://"],
  [{ publicUrl: "https://canary@h/" }, "'publicUrl' must be a URL without a user"],
  [{ publicUrl: "flows" }, "'publicUrl' must be a URL that begins with http://"],
])("%j is wrong, and no value is said", (config, message) => {
  const check = (): unknown => checkConfig(config, "c.json");
  expect(check).toThrow(message);
  expect(check).not.toThrow("canary");
});
