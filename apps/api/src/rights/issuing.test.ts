import { procedureLibrary } from '@giamsat/procedure/source';
import { issues, signersIn, signingOffices } from './issuing.js';

describe('who signs', () => {
  it.each([
    ['vn-party-supervision@2026', ['inspection-commission', 'standing-deputy', 'standing-signer']],
    ['fda-483@2009', ['district-director', 'investigator']],
  ])('is what %s says', (name, offices) => {
    const { compiled } = procedureLibrary().getProcedure(name)!;
    expect([...new Set(signersIn(compiled))].sort()).toEqual(offices);
    expect(signingOffices()).toEqual(expect.arrayContaining(offices));
  });

  it('is asked when a paper goes out or an entry is corrected, and not for a return or a plain step', () => {
    expect(issues({ type: 'completeStep', outcome: 'issued' })).toBe(true);
    expect(issues({ type: 'issueInspection' })).toBe(true);
    expect(issues({ type: 'correctEntry' })).toBe(true);
    expect(issues({ type: 'completeStep', outcome: 'accepted' })).toBe(false);
    expect(issues({ type: 'returnStep', outcome: 'returned-format' })).toBe(false);
  });
});
