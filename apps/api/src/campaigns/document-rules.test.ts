import { campaignDocument, type CampaignDocumentInput } from '@giamsat/contracts/http';
import { procedureLibrary } from '@giamsat/procedure/source';
import { datesMistakes, procedureMistakes, structureMistakes } from './document-rules.js';

const document = (change: Partial<CampaignDocumentInput> = {}) =>
  campaignDocument.parse({
    title: 'Giám sát thử',
    procedure: 'vn-party-supervision@2022',
    level: 'province',
    year: 2023,
    ownerUnit: 'TU',
    programme: { number: '01-CTr/TU', date: '2023-01-10' },
    plan: { number: '12-KH/TU', date: '2023-07-11' },
    teams: [{ id: 'D1', head: 'a', secretary: 'b' }],
    subjects: [{ unit: 'HU-1', team: 'D1' }],
    ...change,
  });
const codes = (mistakes: { path: string; code: string }[]) => mistakes.map(({ path, code }) => `${path} ${code}`);

describe('the rules of a campaign document', () => {
  const library = procedureLibrary();

  it('finds nothing wrong with a right one', () => {
    const right = document();
    expect([
      ...procedureMistakes(right, library),
      ...structureMistakes(right),
      ...datesMistakes(right, '2023-07-11'),
    ]).toEqual([]);
  });

  it('holds it against its procedure', () => {
    const plan = {
      date: '2023-07-11',
      dates: { nowhere: { on: '2023-08-15' }, 'outline-prepared': { on: '2023-08-15' } },
      sessions: { court: [] },
    };
    const wrong = document({
      level: 'x',
      calendar: 'x',
      programme: undefined,
      plan,
      offices: [{ office: 'king', person: 'a' }],
      subjects: [{ unit: 'HU-1' }],
    });
    expect(codes(procedureMistakes(wrong, library))).toEqual([
      'calendar CALENDAR_UNKNOWN',
      'level LEVEL_UNKNOWN',
      'programme PAPER_NEEDED',
      'plan.dates.nowhere STEP_UNKNOWN',
      'plan.dates.outline-prepared STEP_TAKES_NO_DATE',
      'plan.sessions.court PARTY_UNKNOWN',
      'offices.0.office OFFICE_UNKNOWN',
      'subjects.0.team TEAM_NEEDED',
    ]);
  });

  it('asks no team and no programme of a procedure that knows neither', () => {
    const fda = document({
      procedure: 'fda-483@2009',
      level: 'agency',
      programme: undefined,
      teams: [],
      subjects: [{ unit: 'F' }],
    });
    expect(procedureMistakes(fda, library)).toEqual([]);
  });

  it('holds it against itself', () => {
    const wrong = document({
      teams: [
        { id: 'D1', head: 'a', secretary: 'a' },
        { id: 'D1', head: 'c', secretary: 'd' },
      ],
      waves: [
        { wave: 1, from: '2023-08-01' },
        { wave: 1, from: '2023-09-01' },
      ],
      subjects: [
        { unit: 'U', team: 'D1', kind: 'member' },
        { unit: 'U', team: 'D1', wave: 3 },
      ],
    });
    expect(codes(structureMistakes(wrong))).toEqual([
      'teams.1.id TEAM_TWICE',
      'waves.1.wave WAVE_TWICE',
      'teams.0 PERSON_TWICE',
      'subjects.0.member MEMBER_NEEDED',
      'subjects.1.wave WAVE_UNKNOWN',
      'subjects.1 SUBJECT_TWICE',
    ]);
  });

  it('holds its dates against each other and against today', () => {
    const wrong = document({
      decision: { date: '2023-07-01' },
      plan: { date: '2023-07-11', dates: { 'self-report': { on: '2023-07-10' } } },
    });
    expect(codes(datesMistakes(wrong, '2023-07-10'))).toEqual([
      'plan.date DATE_IN_FUTURE',
      'decision.date DATE_ORDER',
      'plan.dates.self-report DATE_BEFORE_PLAN',
    ]);
  });
});
