import { afterEach, expect, test, vi } from "vitest";
import { consoleAddress, usualConsole } from "./ask-console.ts";

afterEach(() => vi.unstubAllEnvs());

test("a command asks the console that it is given, else that of the environment, else that beside the API", () => {
  vi.stubEnv("STEPWELL_CONSOLE_URL", undefined);
  vi.stubEnv("AWS_ENDPOINT_URL", undefined);
  expect(consoleAddress(undefined)).toBe(usualConsole);
  vi.stubEnv("AWS_ENDPOINT_URL", "http://localhost:9000/");
  expect(consoleAddress(undefined)).toBe("http://localhost:9000/console");
  vi.stubEnv("STEPWELL_CONSOLE_URL", "https://flows.example.com/ui");
  expect(consoleAddress(undefined)).toBe("https://flows.example.com/ui");
  expect(consoleAddress("http://127.0.0.1:1/console")).toBe("http://127.0.0.1:1/console");
});
