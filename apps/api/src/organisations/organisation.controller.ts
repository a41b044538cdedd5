import { PREFIX } from '@giamsat/contracts/http';
import { Controller } from '@nestjs/common';
import type { AnswerOf, Call } from '../http/call.js';
import { Serves } from '../http/serves.js';
import { OfficeBook } from './offices.js';
import { Persons } from './persons.js';
import { RecusalBook } from './recusal-book.js';
import { Sheets } from './sheets.js';
import { Transfers } from './transfers.js';
import { Units } from './units.js';

/** The register of units, people and offices, and what becomes of cases when a unit ends. */
@Controller(PREFIX)
export class OrganisationController {
  constructor(
    private readonly units: Units,
    private readonly persons: Persons,
    private readonly offices: OfficeBook,
    private readonly recusals: RecusalBook,
    private readonly sheets: Sheets,
    private readonly transfers: Transfers,
  ) {}

  @Serves('getTree')
  getTree(call: Call<'getTree'>): Promise<AnswerOf<'getTree'>> {
    return this.units.tree(call);
  }

  @Serves('getUnit')
  getUnit(call: Call<'getUnit'>): Promise<AnswerOf<'getUnit'>> {
    return this.units.show(call);
  }

  @Serves('changeOrganisation')
  changeOrganisation(call: Call<'changeOrganisation'>): Promise<AnswerOf<'changeOrganisation'>> {
    return this.units.change(call);
  }

  @Serves('addPerson')
  addPerson(call: Call<'addPerson'>): Promise<AnswerOf<'addPerson'>> {
    return this.persons.add(call);
  }

  @Serves('changePerson')
  changePerson(call: Call<'changePerson'>): Promise<AnswerOf<'changePerson'>> {
    return this.persons.change(call);
  }

  @Serves('listOffices')
  listOffices(call: Call<'listOffices'>): Promise<AnswerOf<'listOffices'>> {
    return this.offices.list(call);
  }

  @Serves('grantOffice')
  grantOffice(call: Call<'grantOffice'>): Promise<AnswerOf<'grantOffice'>> {
    return this.offices.grant(call);
  }

  @Serves('endOffice')
  endOffice(call: Call<'endOffice'>): Promise<AnswerOf<'endOffice'>> {
    return this.offices.end(call);
  }

  @Serves('revokeOffice')
  revokeOffice(call: Call<'revokeOffice'>): Promise<AnswerOf<'revokeOffice'>> {
    return this.offices.revoke(call);
  }

  @Serves('listRecusals')
  listRecusals(call: Call<'listRecusals'>): Promise<AnswerOf<'listRecusals'>> {
    return this.recusals.list(call);
  }

  @Serves('addRecusal')
  addRecusal(call: Call<'addRecusal'>): Promise<AnswerOf<'addRecusal'>> {
    return this.recusals.add(call);
  }

  @Serves('endRecusal')
  endRecusal(call: Call<'endRecusal'>): Promise<AnswerOf<'endRecusal'>> {
    return this.recusals.end(call);
  }

  @Serves('importRegister')
  importRegister(call: Call<'importRegister'>): Promise<AnswerOf<'importRegister'>> {
    return this.sheets.import(call);
  }

  @Serves('exportRegister')
  exportRegister(call: Call<'exportRegister'>): Promise<AnswerOf<'exportRegister'>> {
    return this.sheets.export(call);
  }

  @Serves('listTransfers')
  listTransfers(call: Call<'listTransfers'>): Promise<AnswerOf<'listTransfers'>> {
    return this.transfers.list(call);
  }

  @Serves('acceptTransfer')
  acceptTransfer(call: Call<'acceptTransfer'>): Promise<AnswerOf<'acceptTransfer'>> {
    return this.transfers.accept(call);
  }
}
