import type { AllowedAddresses } from "./address-guard.ts";

/** What whoever runs Stepwell lets HTTP tasks do that AWS does not, or that is not safe everywhere. */
export interface HttpConfiguration {
  /** Whether `http://` may be called, too: without encryption. */
  readonly allowHttp?: boolean;
  /** Addresses that may be called though they are not public: all, or hosts, addresses and CIDR blocks. */
  readonly allowPrivateAddresses?: AllowedAddresses;
  /** How many redirects are followed for one call; absent: none, as at AWS as far as is known. */
  readonly followRedirects?: number;
}
