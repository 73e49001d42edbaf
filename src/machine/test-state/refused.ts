/** The test contradicts what it tests, which shows only while the state runs: the caller's mistake, not a failure. */
export class TestStateRefused extends Error {
  override readonly name = "TestStateRefused";
}
