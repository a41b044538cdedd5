import { randomUUID } from 'node:crypto';
import { createClient, type Client, type CommandInput } from '@giamsat/contracts/http';
import { PASSWORD } from './people.js';

/** People of the demo at the doors of the api; each signs in once. */
export class Cast {
  private readonly clients = new Map<string, Promise<Client>>();

  constructor(private readonly baseUrl: string) {}

  as(login: string): Promise<Client> {
    const known = this.clients.get(login) ?? this.signIn(login);
    this.clients.set(login, known);
    return known;
  }

  private async signIn(login: string): Promise<Client> {
    const { token } = await createClient({ baseUrl: this.baseUrl }).login({ body: { login, password: PASSWORD } });
    return createClient({
      baseUrl: this.baseUrl,
      token: token!,
      prove: () => Promise.resolve({ password: PASSWORD }),
    });
  }

  async campaign(login: string, id: string, body: CommandInput): Promise<void> {
    await (await this.as(login)).commandCampaign({ params: { id }, key: randomUUID(), body });
  }

  /** Returns the id of what the command made, if it made anything. */
  async case(login: string, id: string, body: CommandInput): Promise<string> {
    const { created } = await (await this.as(login)).commandCase({ params: { id }, key: randomUUID(), body });
    return created ?? '';
  }
}
