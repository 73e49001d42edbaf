/** Whether the variable's name says that its value is a secret. *Our choice*, precise rather than complete. */
export function isSecretVariable(name: string): boolean {
  return secretVariable.test(name);
}

const secretVariable =
  /(?:^|_)(?:PASSWORD|PASSWD|SECRET|SECRET_KEY|SECRET_ACCESS_KEY|TOKEN|API_KEY|PRIVATE_KEY)$/i;
