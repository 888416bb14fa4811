/** The command line that runs a program in the registries' network namespace, where 10.77.0.2–199 live. */
export const inLabNetwork = (argv: readonly string[]): readonly string[] => [
  ...['ip', 'netns', 'exec', 'lab'],
  ...argv,
];
