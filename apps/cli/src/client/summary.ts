import { randomUUID } from 'node:crypto';
import { table, type Io } from '../cli/io.js';
import { connect } from './connect.js';
import { FINDING, MEASURE, namesOf, STATUS, status } from './names.js';

/** Closes a campaign and shows what it came to. */
export async function closeCampaign(id: string, io: Io): Promise<void> {
  await connect(io).commandCampaign({ params: { id }, key: randomUUID(), body: { type: 'closeCampaign' } });
  await summarize(id, io);
}

/** Cases by how they ended, steps in time and not, findings and measures. */
export async function summarize(id: string, io: Io): Promise<void> {
  const client = connect(io);
  const { title, procedure } = await client.getCampaign({ params: { id } });
  const summary = await client.getSummary({ params: { id } });
  const names = namesOf(procedure, io);
  const count = (by: Record<string, number>, names: typeof FINDING): string =>
    Object.entries(by)
      .map(([key, n]) => `${names[key] ? io.say(names[key]) : key} ${n}`)
      .join(' · ') || '—';
  const head = [
    io.say({ vi: 'Bước', en: 'Step' }),
    io.say({ vi: 'xong', en: 'done' }),
    io.say({ vi: 'đúng hạn', en: 'in time' }),
    io.say({ vi: 'quá hạn', en: 'late' }),
    io.say({ vi: 'quá mốc nội bộ', en: 'past mark' }),
    io.say({ vi: 'trả lại', en: 'returned' }),
    io.say({ vi: 'gia hạn', en: 'extended' }),
  ];
  const rows = summary.steps.map(({ step, met, inTime, late, pastMark, returned, extended }) => [
    names.step(step),
    ...[met, inTime, late, pastMark, returned, extended].map(String),
  ]);
  io.show(
    [
      `${title} · ${status(summary.status, io)}`,
      `${io.say({ vi: 'Hồ sơ', en: 'Cases' })}: ${count(summary.cases, STATUS)}`,
      `${io.say({ vi: 'Nội dung kết luận', en: 'Findings' })}: ${count(summary.findings, FINDING)}`,
      `${io.say({ vi: 'Việc khắc phục', en: 'Measures' })}: ${count(summary.measures, MEASURE)}`,
      '',
      ...table([head, ...rows]),
    ],
    summary,
  );
}
