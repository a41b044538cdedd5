import { randomUUID } from 'node:crypto';
import { UNIT_KINDS, type Client, type ResponseOf, type UnitKind } from '@giamsat/contracts/http';
import { Option, type Command } from 'commander';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { connect } from '../client/connect.js';
import { officeName } from '../client/names.js';
import { instrumentOf, instrumentOptions, type InstrumentOptions } from './instrument.js';
import { registerSheets } from './sheets.js';
import { registerTransfers } from './transfers.js';

type Change = Parameters<Client['changeOrganisation']>[0]['body'];

export function register(program: Command, io: Io): void {
  const org = program
    .command('org')
    .description(io.say({ vi: 'Cơ cấu tổ chức qua thời gian', en: 'Units as they change in time' }));
  org
    .command('tree')
    .description(io.say({ vi: 'Cây tổ chức hôm nay hoặc vào một ngày', en: 'The tree today, or as of a day' }))
    .option('--at <date>', io.say({ vi: 'vào ngày', en: 'as of this day' }))
    .addHelpText('after', '\n  giamsat org tree\n  giamsat org tree --at 2025-06-30')
    .action(async ({ at }: { at?: string }) => {
      const tree = await connect(io).getTree({ query: { ...(at && { at }) } });
      const none = io.say({ vi: 'Ngày đó chưa có đơn vị nào.', en: 'There was no unit on that day.' });
      const lines = table(treeLines(tree.units, null, 0, io));
      io.show([day(tree.at), ...(lines.length > 0 ? lines : [none])], tree);
    });
  org
    .command('show')
    .argument('<unit>')
    .description(io.say({ vi: 'Một đơn vị qua thời gian', en: 'A unit through time' }))
    .addHelpText('after', '\n  giamsat org show HU-VINH-CUU')
    .action(async (unit: string) => {
      const found = await connect(io).getUnit({ params: { id: unit } });
      io.show(unitPage(found, io), found);
    });
  registerActs(org, io);
  registerSheets(org, io);
  registerTransfers(org, io);
}

function registerActs(org: Command, io: Io): void {
  const act = (name: string, vi: string, en: string, example: string): Command =>
    instrumentOptions(org.command(name), io)
      .description(io.say({ vi, en }))
      .addHelpText('after', `\n  giamsat org ${name} ${example} --number 15-QĐ/TU --date 2025-06-16 --on 2025-07-01`);
  const under = io.say({ vi: 'mã cấp trên', en: 'code of the parent' });
  act('add', 'Lập một đơn vị', 'Add a unit', 'XA-TAN-AN "Đảng ủy xã Tân An" --kind commune --under TU')
    .argument('<code>')
    .argument('<name>')
    .addOption(
      new Option('--kind <kind>', io.say({ vi: 'loại đơn vị', en: 'kind of unit' }))
        .choices(Object.keys(UNIT_KINDS))
        .makeOptionMandatory(),
    )
    .option('--under <unit>', under)
    .action(
      (
        symbol: string,
        name: string,
        { kind, under: parent, ...paper }: InstrumentOptions & { kind: UnitKind; under?: string },
      ) => change({ type: 'addUnit', symbol, name, kind, ...(parent && { parent }), ...instrumentOf(paper) }, io),
    );
  act('rename', 'Đổi tên', 'Rename a unit', 'TU "Thành ủy Đồng Nai"')
    .argument('<unit>')
    .argument('<name>')
    .action((unit: string, name: string, paper: InstrumentOptions) =>
      change({ type: 'renameUnit', unit, name, ...instrumentOf(paper) }, io),
    );
  act('move', 'Chuyển sang cấp trên khác', 'Put a unit under another', 'XA-TAN-AN --under TU')
    .argument('<unit>')
    .requiredOption('--under <unit>', under)
    .action((unit: string, { under: parent, ...paper }: InstrumentOptions & { under: string }) =>
      change({ type: 'moveUnit', unit, parent, ...instrumentOf(paper) }, io),
    );
  act('merge', 'Sáp nhập vào một đơn vị đang có', 'Merge units into one that stands', 'HU-A HU-B --into XA-C')
    .argument('<units...>')
    .requiredOption('--into <unit>', io.say({ vi: 'đơn vị kế thừa', en: 'the successor' }))
    .action((units: string[], { into, ...paper }: InstrumentOptions & { into: string }) =>
      change({ type: 'mergeUnits', units, into, ...instrumentOf(paper) }, io),
    );
  act('split', 'Chia tách cho nhiều đơn vị', 'Split a unit among several', 'HU-A --into XA-B XA-C')
    .argument('<unit>')
    .requiredOption('--into <units...>', io.say({ vi: 'các đơn vị kế thừa', en: 'the successors' }))
    .action((unit: string, { into, ...paper }: InstrumentOptions & { into: string[] }) =>
      change({ type: 'splitUnit', unit, into, ...instrumentOf(paper) }, io),
    );
  act('dissolve', 'Giải thể', 'Dissolve a unit', 'HU-A')
    .argument('<unit>')
    .action((unit: string, paper: InstrumentOptions) =>
      change({ type: 'dissolveUnit', unit, ...instrumentOf(paper) }, io),
    );
}

async function change(body: Change, io: Io): Promise<void> {
  const done = await connect(io).changeOrganisation({ key: randomUUID(), body });
  io.show(
    io.say({
      vi: `Đã ghi, hiệu lực từ ${day(body.on)}.${done.id ? ` Mã: ${done.id}` : ''}`,
      en: `Recorded, effective ${day(body.on)}.${done.id ? ` Id: ${done.id}` : ''}`,
    }),
    done,
  );
}

/** A kind that was entered before there was a list stays as it was written. */
const kindWords = (kind: string, io: Io): string => (kind in UNIT_KINDS ? io.say(UNIT_KINDS[kind as UnitKind]) : kind);

const SUCCESSION = {
  merge: { vi: 'sáp nhập', en: 'merged' },
  split: { vi: 'chia tách', en: 'split' },
  dissolve: { vi: 'giải thể', en: 'dissolved' },
  rename: { vi: 'đổi tên', en: 'renamed' },
};

type TreeUnit = ResponseOf<'getTree'>['units'][number];

/** What hangs under nobody that is there that day stands at the top. */
function treeLines(units: TreeUnit[], parent: string | null, depth: number, io: Io): string[][] {
  const there = new Set(units.map(({ id }) => id));
  const isBelow = (unit: TreeUnit): boolean =>
    parent === null ? unit.parent === null || !there.has(unit.parent) : unit.parent === parent;
  return units
    .filter(isBelow)
    .flatMap((unit) => [
      [
        `${'  '.repeat(depth)}${unit.name}`,
        unit.symbol ?? unit.id,
        kindWords(unit.kind, io),
        unit.ends ? io.say({ vi: `kết thúc ${day(unit.ends)}`, en: `ends ${day(unit.ends)}` }) : '',
      ],
      ...treeLines(units, unit.id, depth + 1, io),
    ]);
}

function unitPage(found: ResponseOf<'getUnit'>, io: Io): string[] {
  const span = ({ from, to }: { from: string; to: string | null }): string => `${day(from)} – ${to ? day(to) : ''}`;
  const paper = (by: { kind: string; number: string; date: string } | null): string =>
    by ? `${by.number}, ${day(by.date)}` : '';
  const called = (unit: { name: string; symbol: string | null }): string =>
    unit.symbol ? `${unit.name} (${unit.symbol})` : unit.name;
  const section = (vi: string, en: string, rows: string[][]): string[] =>
    rows.length === 0 ? [] : ['', io.say({ vi, en }), ...table(rows.map((row) => ['  ', ...row]))];
  const succession = (of: ResponseOf<'getUnit'>['successors']): string[][] =>
    of.map(({ unit, kind, on, instrument }) => [day(on), io.say(SUCCESSION[kind]), called(unit), paper(instrument)]);
  return [
    called(found.unit),
    `${kindWords(found.kind, io)} · ${span(found)}`,
    ...section(
      'Tên',
      'Names',
      found.names.map((each) => [span(each), each.name, paper(each.instrument)]),
    ),
    ...section(
      'Trực thuộc',
      'Under',
      found.parents.map((each) => [span(each), called(each.unit), paper(each.instrument)]),
    ),
    ...section('Đơn vị trước', 'Before it', succession(found.predecessors)),
    ...section('Đơn vị kế thừa', 'After it', succession(found.successors)),
    ...section(
      'Chức trách hôm nay',
      'Offices today',
      found.offices.map((each) => [officeName(each.office, io), who(each, io), each.grant]),
    ),
  ];
}

/** Both names, when somebody acts for the holder. */
export const who = (
  { person, actingFor }: { person: { name: string }; actingFor: { name: string } | null },
  io: Io,
): string =>
  actingFor
    ? `${person.name} (${io.say({ vi: `giữ thay ${actingFor.name}`, en: `acting for ${actingFor.name}` })})`
    : person.name;
