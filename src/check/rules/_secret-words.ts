const secretNames = [
  /^AWS_SECRET_ACCESS_KEY$/i,
  /^GOOGLE_APPLICATION_CREDENTIALS$/i,
  /^AZURE_.+KEY$/i,
  /^OCI_CLI_KEY_CONTENT$/i,
  /password|token|bearer|secret/i,
];

/** Whether a name promises a secret. */
export function namesSecret(name: string): boolean {
  return secretNames.some((pattern) => pattern.test(name));
}

/** Whether a text contains a private key in PEM form. */
export function containsPrivateKey(text: string): boolean {
  return /-BEGIN\s+.*PRIVATE KEY-/i.test(text);
}
