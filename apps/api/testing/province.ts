import { accounts, hashPassword, newId, offices, organisations, people } from '@giamsat/database';
import type { CampaignDocumentInput } from '@giamsat/contracts/http';
import type { DataSource } from 'typeorm';

export const PASSWORD = 'mat-khau-thu-1';
const FROM = '2020-01-01';

/** An invented province: who holds what, and the logins they sign in with. */
export interface Province {
  owner: string;
  units: string[];
  /** login → person */
  person: Record<string, string>;
  /** login → grant, for taking it away */
  grant: Record<string, string>;
}

/** login → office in the owner's register */
const REGISTER = {
  coordinator: 'coordinator',
  clerk: 'document-office',
  signer: 'standing-signer',
  deputy: 'standing-deputy',
  secretary: 'committee-secretary',
  chief: 'chief-of-office',
  commission: 'inspection-commission',
  adviser: 'lead-adviser',
  area: 'area-officer',
  admin: 'administrator',
};
const TEAM = ['leader', 'member', 'scribe'];

export async function createProvince(db: DataSource, communes = 3): Promise<Province> {
  const act = () => ({ at: new Date().toISOString(), commandId: newId(), by: 'engine' as const });
  const owner = await organisations.addUnit(
    db,
    { kind: 'province', symbol: 'TU', name: 'Tỉnh ủy Thử', from: FROM },
    act(),
  );
  const province: Province = { owner, units: [], person: {}, grant: {} };
  const passwordHash = await hashPassword(PASSWORD);
  const add = async (login: string, office?: string, unit?: string): Promise<void> => {
    const personId = await people.add(db, { name: `Người ${login}`, email: `${login}@example.vn` }, act());
    province.person[login] = personId;
    await accounts.setPassword(db, { personId, login, passwordHash });
    if (!office || !unit) return;
    const given = { person: personId, office, scope: { unit }, from: FROM };
    province.grant[login] = await offices.grant(db, given, act());
  };
  for (const [login, office] of Object.entries(REGISTER)) await add(login, office, owner);
  for (const login of [...TEAM, 'stranger']) await add(login);
  for (let i = 1; i <= communes; i++) {
    const unit = { kind: 'commune', symbol: `XA-${i}`, name: `Đảng ủy xã Thử ${i}`, from: FROM, parent: owner };
    const id = await organisations.addUnit(db, unit, act());
    province.units.push(id);
    await add(`head-${i}`, 'unit-head', id);
    await add(`contact-${i}`, 'unit-contact', id);
  }
  return province;
}

/** A plan of today over all communes, as a coordinator would write it. */
export function documentOf(
  province: Province,
  today: string,
  change: Partial<CampaignDocumentInput> = {},
): CampaignDocumentInput {
  return {
    title: 'Giám sát chuyên đề thử',
    procedure: 'vn-party-supervision@2026',
    level: 'province',
    year: Number(today.slice(0, 4)),
    ownerUnit: 'TU',
    programme: { number: '01-CTr/TU', date: today },
    plan: { number: '12-KH/TU', date: today, signer: 'signer' },
    decision: { number: '34-QĐ/TU', date: today },
    teams: [{ id: 'D1', head: 'leader', members: ['member'], secretary: 'scribe' }],
    subjects: province.units.map((_, i) => ({ unit: `XA-${i + 1}`, team: 'D1' })),
    ...change,
  };
}
