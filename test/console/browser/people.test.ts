import { afterAll, beforeAll, expect } from "vitest";
import { findings, withAxe } from "./axe.ts";
import { allow, policyText, trust } from "../../iam/enforcing-stepwell.ts";
import { startProvider } from "../../iam/people/test-provider.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";

const provider = isWithBrowser ? await startProvider() : undefined;
const tests = browserTests({
  withExamples: false,
  asksEverybody: true,
  oidc: provider && {
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    label: "Example",
    roles: { operators: "Operator", readers: "Reader" },
  },
});
afterAll(() => provider?.close());
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
  for (const [RoleName, Action] of Object.entries({
    Operator: "states:*",
    Reader: "states:List*",
  })) {
    await asOwner("CreateRole", {
      RoleName,
      AssumeRolePolicyDocument: trust({ Service: "states.amazonaws.com" }),
    });
    const PolicyDocument = policyText(allow(Action));
    await asOwner("PutRolePolicy", { RoleName, PolicyName: "own", PolicyDocument });
  }
  const definition = JSON.stringify({ StartAt: "P", States: { P: { Type: "Pass", End: true } } });
  const roleArn = `arn:aws:iam::${service.scope.accountId}:role/Operator`;
  await service.call("CreateStateMachine", { name: "orders", roleArn, definition });
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
    // What the page refreshes by itself may be told so first, and covers the button.
    const create = page.getByRole("button", { name: "Create access key" });
    await create.click({ timeout: 2_000 }).catch(() => undefined);
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

browserTest(
  "a person of a provider is named where he starts something, and sees what another of his roles may",
  async () => {
    tests.forgive(/400|401|403/);
    if (provider !== undefined) provider.groups = ["operators", "readers"];
    const { scope } = tests.server.service;
    const page = await tests.open("/workflows");
    await page.getByRole("link", { name: "Sign in with Example" }).click();
    await page.getByRole("link", { name: "orders" }).first().waitFor();

    const executionArn = await page.evaluate(async (stateMachineArn) => {
      const answer = await fetch("/console/api/call/StartExecution", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ stateMachineArn }),
      });
      return ((await answer.json()) as { readonly executionArn: string }).executionArn;
    }, `arn:aws:states:${scope.region}:${scope.accountId}:stateMachine:orders`);
    await page.goto(`${tests.server.url}/executions/${encodeURIComponent(executionArn)}`);
    const starter = page.getByText("Operator/alice@example.com", { exact: true });
    await starter.waitFor();
    expect(await starter.getAttribute("title")).toBe(
      `arn:aws:sts::${scope.accountId}:assumed-role/Operator/alice@example.com`,
    );

    await page.getByRole("button", { name: "Signed in as alice@example.com" }).click();
    await page.getByRole("menuitem", { name: "Reader" }).click();
    await page
      .getByText(/states:DescribeStateMachineForExecution/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Signed in as alice@example.com" }).click();
    const arn = `arn:aws:sts::${scope.accountId}:assumed-role/Reader/alice@example.com`;
    await page.getByText(arn, { exact: true }).waitFor();
  },
  60_000,
);
