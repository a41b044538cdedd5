import { readOptions } from './script-options.js';

const OPTIONS = {
  minutes: { about: 'how long', number: 2 },
  only: { about: 'parts', oneOf: ['step', 'walls'], several: true },
  plant: { about: 'a fault', oneOf: ['forget-row'] },
  quick: { about: 'a first look', flag: true },
} as const;
const asked = (...argv: string[]) => readOptions('bench', OPTIONS, argv);

describe('the options of a script', () => {
  it('are what was given, else what they are by themselves', () => {
    const none = { minutes: 2, only: [], plant: undefined, quick: false, help: false };
    expect(asked()).toEqual({ values: none });
    expect(asked('--minutes', '0.5', '--only', 'walls', '--only', 'step', '--plant', 'forget-row', '--quick')).toEqual({
      values: { ...none, minutes: 0.5, only: ['walls', 'step'], plant: 'forget-row', quick: true },
    });
  });

  it.each([
    [['--minutes', '0'], '--minutes 0: a number above 0'],
    [['--minutes', 'x'], '--minutes x: a number above 0'],
    [['--only', 'stairs'], '--only stairs: one of step, walls'],
    [['--plant', 'rose'], '--plant rose: one of forget-row'],
    [['--slow'], "Unknown option '--slow'"],
    [['walls'], "Unexpected argument 'walls'"],
  ])('that are wrong are named, with what there is: %j', (argv, text) => {
    const found = asked(...argv);
    expect(found).toMatchObject({ code: 2 });
    expect('text' in found && found.text).toContain(text);
    expect('text' in found && found.text).toContain('npm run bench [-- options]');
  });

  it('are told on request', () => {
    expect(asked('--help')).toEqual({
      code: 0,
      text: [
        'npm run bench [-- options]',
        '  --minutes N      how long (else 2)',
        '  --only WORD      parts: step, walls',
        '  --plant WORD     a fault: forget-row',
        '  --quick          a first look',
        '  --help           says this',
      ].join('\n'),
    });
  });
});
