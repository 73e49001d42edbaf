/** *Documented*: NIST SP 800-63B: length is what counts, and no rules of composition. Our choice of the length. */
export const shortestPassword = 12;
/** *Documented*: IAM's longest. */
export const longestPassword = 128;

/** Why a password is not taken, in IAM's way of saying it; `undefined`: it is. */
export function passwordProblem(password: string, userName: string): string | undefined {
  if (password.length < shortestPassword) {
    return `Password should have a minimum length of ${shortestPassword}`;
  }
  const lowered = password.toLowerCase();
  if (lowered === userName.toLowerCase()) return "Password should not be the name of its user";
  return new Set(lowered).size < 5
    ? "Password should have at least 5 characters that differ"
    : undefined;
}
