/** What is written down of one login. Secret. With the user `<token>` the password is an identity token. */
export interface LoginToExport {
  readonly address: string;
  readonly username: string;
  readonly password: string;
}

/** How a Kubernetes secret is called; without a name it is called after the address. */
export interface ExportNames {
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
}
