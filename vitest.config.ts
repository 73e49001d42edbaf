import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "console/src/**/*.test.ts"],
    testTimeout: 20_000,
    // One less than there are cores, which is what it takes by itself, leaves half of two idle.
    maxWorkers: 2,
    coverage: {
      provider: "v8",
      include: ["src/expression/**", "src/asl/**", "src/machine/**"],
      exclude: ["**/*.test.ts"],
    },
  },
});
