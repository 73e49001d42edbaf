/** A service's answer that it does not do what was asked. */
export class ServiceRefusal extends Error {
  override readonly name = "ServiceRefusal";
  /** The exception of the service's model that it is, or a code that the model does not have. */
  readonly code: string;
  readonly statusCode: number;
  /** The code in causes where it is not the exception's name: `NotFound` of `NotFoundException`. */
  readonly shownCode: string | undefined;

  constructor(
    code: string,
    message: string,
    { statusCode = 400, shownCode }: { statusCode?: number; shownCode?: string } = {},
  ) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
    this.shownCode = shownCode;
  }
}
