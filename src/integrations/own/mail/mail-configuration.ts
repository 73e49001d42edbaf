/** How `arn:stepwell:states:::mail` sends. */
export interface MailConfiguration {
  /** `smtps://user:password@host:465` or `smtp://…`; `${NAME}` in it is filled in from the environment. */
  readonly smtp: string;
  /** Whom mails are from that do not say it themselves. */
  readonly from?: string;
}
