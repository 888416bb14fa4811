import { stringify } from 'yaml';

/** YAML for values of ours: strings that other readers could take for something else are quoted, no line is folded. */
export function writeYaml(value: unknown): string {
  return stringify(value, {
    lineWidth: 0,
    // Ansible and cloud-init read YAML 1.1, where yes, on and 0755 are no strings.
    version: '1.1',
    blockQuote: 'literal',
    aliasDuplicateObjects: false,
  });
}
