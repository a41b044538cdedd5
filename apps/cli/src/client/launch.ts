import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { campaignDocument, ProblemError, type Client, type CampaignDocument } from '@giamsat/contracts/http';
import type { CaseView } from '@giamsat/procedure';
import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';
import { readCampaignFile, type CampaignFile } from './campaign-file.js';
import { connect } from './connect.js';
import { everyPage } from './pages.js';

/**
 * Draft, plan, decision, gate, launch: from a file to cases that stand. A campaign of this very file that is there already
 * is gone on with, whoever began it, so that an interrupted launch is finished by the same command.
 */
export async function launchFile(path: string, wave: number, io: Io): Promise<void> {
  const file = await readCampaignFile(path, io);
  const client = connect(io);
  const say = (words: { vi: string; en: string }): void => io.err(io.say(words));
  const { document } = file;
  if (!document.subjects.some((subject) => subject.wave === wave))
    throw new Stop('usage', {
      vi: `${file.placeOf('subjects')}: không có đơn vị nào ở đợt ${wave}; chưa làm gì.`,
      en: `${file.placeOf('subjects')}: no unit is in wave ${wave}; nothing was done.`,
    });
  try {
    const begun = await findCampaign(client, document);
    const { id, state, version } =
      begun ?? (await client.createCampaign({ body: { ownerUnit: document.ownerUnit, document } }));
    say(begun ? { vi: `Tiếp tục ${id}`, en: `Going on with ${id}` } : { vi: `Bản thảo ${id}`, en: `Draft ${id}` });
    if (state === 'draft') {
      await client.issuePlan({ params: { id }, body: { version }, key: randomUUID() });
      say({ vi: 'Đã ban hành kế hoạch', en: 'Plan issued' });
    }
    if (document.decision && !(await isTeamFormed(client, id))) {
      await formTeam(client, id, document.decision);
      say({ vi: 'Đã thành lập đoàn', en: 'Team formed' });
    }
    await launchWave(id, wave, io, file);
  } catch (error) {
    throw error instanceof ProblemError && error.problem.code === 'NOT_ALLOWED' ? OTHERS_TURN : error;
  }
}

/** Draft, plan and launch are acts of different offices. */
const OTHERS_TURN = new Stop('refused', {
  vi: 'Việc tiếp theo thuộc chức trách khác: người có quyền chạy lại chính lệnh này, việc đã xong không làm lại.',
  en: 'The next act belongs to another office: whoever holds it runs this same command; what is done is not done again.',
});

async function findCampaign(client: Client, document: CampaignDocument) {
  const items = await everyPage((after) => client.listCampaigns({ query: { limit: 200, ...(after && { after }) } }));
  for (const { id } of items.filter(({ title, state }) => title === document.title && state !== 'discarded')) {
    const draft = await client.getDraft({ params: { id } });
    const read = campaignDocument.safeParse(draft.document);
    if (read.success && isDeepStrictEqual(read.data, document)) return draft;
  }
  return undefined;
}

async function isTeamFormed(client: Client, id: string): Promise<boolean> {
  const { stream } = await client.getCampaign({ params: { id } });
  const view = stream?.view as CaseView | undefined;
  return view?.steps.some(({ step, status }) => step === 'team-formed' && status === 'met') ?? false;
}

const formTeam = (client: Client, id: string, { date, number }: NonNullable<CampaignDocument['decision']>) =>
  client.commandCampaign({
    params: { id },
    key: randomUUID(),
    body: {
      type: 'completeStep',
      step: 'team-formed',
      outcome: 'issued',
      dates: { document: date, sent: date, received: date },
      paper: { kind: 'QĐ', date, ...(number && { number }) },
    },
  });

/** Launches one wave, unless it was launched already, and shows how many cases stand until all do. */
export async function launchWave(id: string, wave: number, io: Io, file?: CampaignFile): Promise<void> {
  const client = connect(io);
  const look = async () => {
    const { waves, title } = await client.getCampaign({ params: { id } });
    return { title, found: waves.find((each) => each.wave === wave) };
  };
  if (!(await look()).found) await order(client, id, wave, io, file);
  for (let shown = ''; ;) {
    const { title, found } = await look();
    const now = io.say({
      vi: `${found?.standing ?? 0}/${found?.total ?? 0} hồ sơ`,
      en: `${found?.standing ?? 0} of ${found?.total ?? 0} cases`,
    });
    if (now !== shown) io.err((shown = now));
    if (found?.state === 'withdrawn')
      throw new Stop('refused', { vi: `Đợt ${wave} đã được rút lại.`, en: `Wave ${wave} has been withdrawn.` });
    if (found?.state === 'standing')
      return io.show(io.say({ vi: `Đã triển khai: ${title} (${id})`, en: `Launched: ${title} (${id})` }), {
        id,
        wave: found,
      });
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** The gate answers with all that is missing: each with its unit, and its place where there is a file. */
async function order(client: Client, id: string, wave: number, io: Io, file?: CampaignFile): Promise<void> {
  try {
    const { warnings } = await client.getGate({ params: { id }, query: { wave } });
    for (const { message } of warnings) io.err(io.say(message));
    await client.commandCampaign({ params: { id }, key: randomUUID(), body: { type: 'launchWave', wave } });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'GATE_CLOSED') throw error;
    const { titles, errors } = error.problem;
    const units = new Map(
      (await everyPage((after) => client.listUnits({ query: { limit: 200, ...(after && { after }) } }))).map((unit) => [
        unit.id,
        unit,
      ]),
    );
    const lines = errors.map(({ path, message, params }) => {
      const unit = units.get(String(params?.unit));
      const at =
        file?.document.subjects.findIndex((each) => each.unit === unit?.symbol || each.unit === unit?.id) ?? -1;
      const place = file?.placeOf(at < 0 ? path : `subjects.${at}.unit`);
      return `  ${[place, unit?.name ?? path].filter(Boolean).join(' ')}: ${io.say(message)}`;
    });
    throw new Stop('refused', titles, lines, error.problem);
  }
}
