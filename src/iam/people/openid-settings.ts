/** The provider that people sign in with, and what they may then. */
export interface OpenIdSettings {
  /** `https://login.example.com/realms/main`; what it can do is read from there. */
  readonly issuer: string;
  readonly clientId: string;
  /** Absent for a public client, which has nothing but PKCE. */
  readonly clientSecret?: string;
  /** What the button calls it; absent: the issuer's host. */
  readonly label?: string;
  /** Beside `openid`; `profile` and `email` if absent. */
  readonly scopes?: readonly string[];
  /** The claim that has a person's groups or roles, a list or one text; `groups` if absent. */
  readonly rolesClaim?: string;
  /** The claim that says what a person is called; `email`, else `preferred_username`, else `sub` if absent. */
  readonly nameClaim?: string;
  /** The names of IAM's roles by the values of {@link rolesClaim}; the first that fits is what a person begins with. */
  readonly roles: { readonly [group: string]: string };
}

/** What is usual. */
export const usualScopes = ["profile", "email"] as const;
export const usualRolesClaim = "groups";
