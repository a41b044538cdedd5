import { randomUUID } from 'node:crypto';
import type { CommandInput, ResponseOf } from '@giamsat/contracts/http';
import type { Command } from 'commander';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { connect } from './connect.js';
import { movementLines } from './movement.js';
import { namesOf } from './names.js';
import { untilAnswered } from './until-answered.js';

type Scope = 'case' | 'campaign';
type Proposal = ResponseOf<'proposeCaseCorrection'>;
type Correction = Extract<CommandInput, { type: 'correctEntry' }>;
type Names = ReturnType<typeof namesOf>;

/** Confirming and declining, on cases and campaigns alike. */
export function register(group: Command, scope: Scope, io: Io): void {
  group
    .command('confirm')
    .argument('<id>')
    .argument('<proposal>')
    .option('--as <office>', io.say({ vi: 'với chức trách nào', en: 'in which office' }))
    .description(
      io.say({
        vi: 'Xác nhận một đề nghị đính chính của người khác',
        en: 'Confirm a correction that somebody else proposed',
      }),
    )
    .addHelpText('after', `\n  giamsat ${scope} confirm 0198… 0199…`)
    .action((id: string, proposal: string, options: { as?: string }) =>
      confirm(scope, { id, proposal }, options.as, io),
    );
  group
    .command('decline')
    .argument('<id>')
    .argument('<proposal>')
    .description(
      io.say({ vi: 'Rút hoặc bỏ một đề nghị đính chính', en: 'Take back, or do not confirm, a proposed correction' }),
    )
    .addHelpText('after', `\n  giamsat ${scope} decline 0198… 0199…`)
    .action((id: string, proposal: string) => decline(scope, { id, proposal }, io));
}

export async function propose(scope: Scope, id: string, body: Correction, key: string, io: Io): Promise<void> {
  const client = connect(io);
  const call = { params: { id }, key, body };
  const [{ procedure }, proposal] =
    scope === 'case'
      ? [await client.getCase({ params: { id } }), await client.proposeCaseCorrection(call)]
      : [await client.getCampaign({ params: { id } }), await client.proposeCampaignCorrection(call)];
  io.show(
    [
      io.say({
        vi: 'Chưa có hiệu lực: chờ một người khác có thẩm quyền xác nhận bằng lệnh',
        en: 'Not in force: somebody else who may correct has to confirm it with',
      }),
      `  giamsat ${scope} confirm ${id} ${proposal.id}`,
      ...movementLines(proposal.movement, namesOf(procedure, io), io),
    ],
    proposal,
  );
}

/** What waits for a second person on one case or campaign, and what it would move. */
export function proposalLines(scope: Scope, id: string, items: Proposal[], names: Names, io: Io): string[] {
  if (items.length === 0) return [];
  const lines = items.flatMap((item) => [
    ...table([[`  #${item.entry}`, item.by.name, day(item.at), item.reason ?? '']]),
    `    ${instead(item, io)}`,
    ...movementLines(item.movement, names, io, '    '),
    `    ${item.stale ? io.say(STALE) : item.mine ? io.say(OWN) : `giamsat ${scope} confirm ${id} ${item.id}`}`,
  ]);
  return [
    '',
    io.say({ vi: 'Đề nghị đính chính, chưa có hiệu lực:', en: 'Proposed corrections, not in force:' }),
    ...lines,
  ];
}

/** What would stand in the entry: whoever confirms it says this too. */
function instead({ void: isVoid, replace }: Proposal, io: Io): string {
  if (isVoid) return io.say(VOID);
  const { dates = {}, paper, outcome } = (replace ?? {}) as NonNullable<Correction['replace']>;
  const { document, sent, received } = dates as Record<'document' | 'sent' | 'received', string | undefined>;
  const said = [
    document && io.say({ vi: `văn bản ngày ${day(document)}`, en: `dated ${day(document)}` }),
    sent && io.say({ vi: `gửi ngày ${day(sent)}`, en: `sent ${day(sent)}` }),
    received && io.say({ vi: `nhận ngày ${day(received)}`, en: `received ${day(received)}` }),
    outcome && io.say({ vi: `kết quả ${outcome}`, en: `outcome ${outcome}` }),
    paper && io.say({ vi: `văn bản ${paperOf(paper)}`, en: `paper ${paperOf(paper)}` }),
  ];
  return `${io.say({ vi: 'thay bằng', en: 'now' })}: ${said.filter(Boolean).join(', ')}`;
}
const paperOf = ({ kind, number, date }: { kind?: string; number?: string; date?: string }): string =>
  [number ?? kind, date && day(date)].filter(Boolean).join(' · ');

const VOID = { vi: 'bỏ mục này', en: 'the entry falls away' };
const STALE = {
  vi: 'hồ sơ đã thay đổi từ đó: chỉ còn bỏ (decline) và đề nghị lại',
  en: 'what it moves has changed since: decline it and propose anew',
};
const OWN = { vi: 'chờ người khác xác nhận', en: 'waits for somebody else' };

/** What of all cases and campaigns waits for my word. */
export const waitingLines = ({ items }: ResponseOf<'listCorrections'>, io: Io): string[] =>
  items.length === 0
    ? []
    : [
        '',
        io.say({ vi: 'Đề nghị đính chính chờ tôi xác nhận:', en: 'Corrections that wait for my confirmation:' }),
        ...table(
          items.map(({ scope, id, unit, title, at }) => [day(at), unit?.name ?? title, `giamsat ${scope} show ${id}`]),
        ),
      ];

async function confirm(
  scope: Scope,
  params: { id: string; proposal: string },
  capacity: string | undefined,
  io: Io,
): Promise<void> {
  const client = connect(io);
  const call = { params, key: randomUUID(), body: { ...(capacity && { capacity }) } };
  const answer = await untilAnswered(call.key, () =>
    scope === 'case' ? client.confirmCaseCorrection(call) : client.confirmCampaignCorrection(call),
  );
  io.show(io.say({ vi: `Đã đính chính, mục ${answer.seq}.`, en: `Corrected, entry ${answer.seq}.` }), answer);
}

async function decline(scope: Scope, params: { id: string; proposal: string }, io: Io): Promise<void> {
  const client = connect(io);
  const answer = await (scope === 'case'
    ? client.declineCaseCorrection({ params })
    : client.declineCampaignCorrection({ params }));
  io.show(io.say({ vi: 'Đã bỏ đề nghị đính chính.', en: 'The proposed correction is gone.' }), answer);
}
