import type { Command } from 'commander';

/** Fields whose option or argument is called otherwise. */
const TYPED: Record<string, string> = {
  'dates.document': 'document',
  'dates.sent': 'sent',
  'dates.received': 'received',
  'paper.kind': 'paper',
  'paper.number': 'number',
  'paper.date': 'document',
  'paper.register': 'register',
  'paper.signedAs': 'signedAs',
  'instrument.kind': 'paper',
  'instrument.number': 'number',
  'instrument.date': 'date',
  capacity: 'as',
  parent: 'under',
  symbol: 'code',
};

/** The place of a mistake as it is typed: `--option`, `<argument>`, or `--set field` of an act; else as the server named it. */
export function typedAs(path: string, command: Command | null): string {
  const [, part = '', field = ''] = /^(?:(body|query|params)\.)?(.*?)(?:\.\d+)?$/.exec(path) ?? [];
  const name = TYPED[field] ?? field;
  const option = command?.options.find((each) => each.attributeName() === name);
  if (option) return option.long ?? option.flags;
  const given = command?.registeredArguments ?? [];
  // what a path names by its id comes first on the line
  const argument = given.find((each) => each.name() === name) ?? (part === 'params' ? given[0] : undefined);
  if (argument) return `<${argument.name()}>`;
  return field && command?.options.some(({ long }) => long === '--set') ? `--set ${field}` : path || '-';
}
