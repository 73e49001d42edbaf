import { beforeAll, expect } from "vitest";
import { findings, withAxe } from "./axe.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";

const tests = browserTests({ withExamples: false, asksEverybody: true });
const password = "correct horse battery";
const next = "another horse battery";

beforeAll(async () => {
  if (!isWithBrowser) return;
  const { iam, service } = tests.server;
  const owner = { ...service.scope, principal: { type: "owner" } } as const;
  const asOwner = (operation: string, input: { readonly [name: string]: string }) =>
    iam.service.call("iam", operation, input, owner);
  for (const UserName of ["admin", "guest"]) {
    await asOwner("CreateUser", { UserName });
    await asOwner("CreateLoginProfile", {
      UserName,
      Password: password,
      PasswordResetRequired: String(UserName === "admin"),
    });
  }
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await asOwner("AttachUserPolicy", { UserName: "admin", PolicyArn });
});

browserTest(
  "an administrator signs in, makes a user a key, loses his session over what he types, and goes on",
  async () => {
    // The browser says so of each answer that nobody is signed in.
    tests.forgive(/401|403/);
    const page = await tests.open("/access?tab=users");
    await page.getByLabel("Name", { exact: true }).fill("admin");
    await withAxe(page);
    expect(await findings(page)).toEqual([]);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByLabel("New password", { exact: true }).fill(next);
    await page.getByLabel("The new password again").fill(next);
    await page.getByRole("button", { name: "Change password" }).click();

    // Back where he was going.
    await page.getByRole("button", { name: "guest", exact: true }).click();
    await page.getByRole("button", { name: "Create access key" }).click();
    await page.getByText("The secret is shown this once.").waitFor();
    const secret = await page.getByLabel("Secret access key", { exact: true }).textContent();
    expect(secret).toMatch(/^[\w+/]{40}$/);

    await page.getByRole("button", { name: "Write an inline policy" }).click();
    const document = page.getByLabel("Document");
    await document.fill('{"Version": "2012-10-17", "Statement": [{"Effect": "Allw"}]}');
    await page.getByText(/Line 1, column \d+/).waitFor();
    await page.getByLabel("Name of the policy").fill("Typed");
    expect(await findings(page)).toEqual([]);

    const { sessions } = tests.server.iam.people;
    for (const { handle } of await sessions.list()) await sessions.end(handle);
    await page.getByRole("button", { name: "Create access key" }).click();
    await page.getByRole("heading", { name: "Your session is over" }).waitFor();
    await page.getByLabel("Name", { exact: true }).fill("admin");
    await page.getByLabel("Password", { exact: true }).fill(next);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("heading", { name: "Your session is over" }).waitFor({ state: "hidden" });
    expect(await page.getByLabel("Name of the policy").inputValue()).toBe("Typed");
  },
  60_000,
);

browserTest(
  "who may nothing is told what it takes, and is nobody after he has signed out",
  async () => {
    tests.forgive(/400|401|403/);
    const page = await tests.open("/workflows", { language: "ko" });
    await page.getByLabel("이름", { exact: true }).fill("guest");
    await page.getByLabel("비밀번호", { exact: true }).fill(password);
    await page.getByRole("button", { name: "로그인", exact: true }).click();
    await page.getByText("볼 수 있는 권한이 없습니다").first().waitFor();
    await page
      .getByText(/states:List\w+ 작업 권한이 필요합니다/)
      .first()
      .waitFor();
    await page.goto(`${tests.server.url}/access`);
    await page.getByText(/iam:ListUsers 작업 권한이 필요합니다/).waitFor();
    await page.getByRole("button", { name: /guest\(으\)로 로그인됨/ }).click();
    await page.getByRole("menuitem", { name: "로그아웃" }).click();
    await page.getByRole("button", { name: "로그인", exact: true }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
  },
  60_000,
);
