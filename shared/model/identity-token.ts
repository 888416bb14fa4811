/** Docker's own name for a login whose secret is an identity token (docker/cli: cli/config/credentials/native_store.go). */
export const IDENTITY_TOKEN_USER = '<token>';
