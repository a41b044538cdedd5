import { randomUUID } from 'node:crypto';
import { ProblemError } from '@giamsat/contracts/http';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { readCampaignFile } from './campaign-file.js';
import { connect } from './connect.js';

/** Draft, plan, decision, gate, launch: from a file to cases that stand. What is there already is not done again. */
export async function launchFile(file: string, { wave }: { wave: string }, io: Io): Promise<void> {
  const { document } = await readCampaignFile(file, io);
  const client = connect(io);
  const step = (words: { vi: string; en: string }): void => io.err(io.say(words));
  const { id, version } = await client.createCampaign({ body: { ownerUnit: document.ownerUnit, document } });
  step({ vi: `Bản thảo ${id}`, en: `Draft ${id}` });
  await client.issuePlan({ params: { id }, body: { version }, key: randomUUID() });
  step({ vi: 'Đã ban hành kế hoạch', en: 'Plan issued' });
  if (document.decision) {
    const { date, number } = document.decision;
    await client.commandCampaign({
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
    step({ vi: 'Đã thành lập đoàn', en: 'Team formed' });
  }
  await launchWave(id, Number(wave), io);
}

/** Launches one wave and shows how many cases stand until all do. */
export async function launchWave(id: string, wave: number, io: Io): Promise<void> {
  const client = connect(io);
  try {
    await client.commandCampaign({ params: { id }, key: randomUUID(), body: { type: 'launchWave', wave } });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'NOT_ALLOWED') throw error;
    throw new Stop('refused', {
      vi: `Kế hoạch đã ban hành; người điều phối triển khai tiếp: giamsat campaign launch-wave ${id}`,
      en: `The plan is issued; the coordinator goes on: giamsat campaign launch-wave ${id}`,
    });
  }
  for (let shown = ''; ;) {
    const { waves, title } = await client.getCampaign({ params: { id } });
    const found = waves.find((each) => each.wave === wave);
    const now = io.say({
      vi: `${found?.standing ?? 0}/${found?.total ?? 0} hồ sơ`,
      en: `${found?.standing ?? 0} of ${found?.total ?? 0} cases`,
    });
    if (now !== shown) io.err((shown = now));
    if (found?.state === 'standing')
      return io.show(io.say({ vi: `Đã triển khai: ${title} (${id})`, en: `Launched: ${title} (${id})` }), {
        id,
        wave: found,
      });
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Closes a campaign and shows what it came to. */
export async function closeCampaign(id: string, io: Io): Promise<void> {
  const client = connect(io);
  await client.commandCampaign({ params: { id }, key: randomUUID(), body: { type: 'closeCampaign' } });
  const summary = await client.getSummary({ params: { id } });
  io.show(
    [
      io.say({ vi: 'Đã kết thúc cuộc giám sát.', en: 'The campaign is closed.' }),
      ...table(
        Object.entries(summary).map(([name, value]) => [
          name,
          typeof value === 'object' ? JSON.stringify(value) : String(value),
        ]),
      ),
    ],
    summary,
  );
}
