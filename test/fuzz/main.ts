// `npm run fuzz [-- --requests 10000 --seed 7 --as van-thu]`: everything the OpenAPI document knows, as each role of the demo.
import { type Client, createClient, ROUTES } from '@giamsat/contracts/http';
import { Option } from 'commander';
import { PASSWORD, PROVINCE } from '../../apps/cli/src/demo/people.js';
import { aboveZero, script, seed } from '../support/script-options.js';
import { Installation } from './installation.js';
import { fuzz, install, type Run } from './schemathesis.js';

/** Everybody who works for the province, head and contact of a unit; null = nobody. */
const ROLES = [...PROVINCE.staff.map(({ login }) => login), 'tri-an', 'tri-an-dm', null];

const options = script('fuzz')
  .option('--requests <n>', 'how many at least, of all roles together', aboveZero, 10_000)
  .addOption(seed('the same seed asks the same'))
  .addOption(new Option('--as <role>', 'as this one alone').choices(ROLES.filter((login) => login !== null)))
  .parse()
  .opts<{ requests: number; seed: number; as?: string }>();
const roles = ROLES.filter((login) => options.as === undefined || login === options.as);
const each = Math.ceil(options.requests / roles.length);
console.log(`seed ${options.seed}, ${each} requests at least as each of ${roles.length}`);

await install();
const installation = await Installation.start();
const runs: Run[] = [];
try {
  const anybody = createClient({ baseUrl: installation.url });
  const ids = await known(await signIn(anybody, 'van-thu'));
  for (const login of roles) {
    const token = login && (await anybody.login({ body: { login, password: PASSWORD } })).token;
    const run = await asked({ url: installation.url, token, ids });
    runs.push(run);
    console.log(
      `${(login ?? 'nobody').padEnd(16)} ${run.requests} requests, ${run.found.length > 0 ? 'FAULTS' : 'no fault'}`,
    );
    for (const line of run.found) console.log(line);
  }
} finally {
  await installation.stop();
}
const requests = runs.reduce((sum, run) => sum + run.requests, 0);
const faulty = runs.filter(({ found }) => found.length > 0).length;
console.log(`${requests} requests, faults as ${faulty} of ${runs.length}`);
process.exitCode = faulty > 0 || requests < options.requests ? 1 : 0;

/** An operation that takes little runs out of tries before the others do: what is missing is asked under the next seed. */
async function asked(as: { url: string; token: string | null; ids: Awaited<ReturnType<typeof known>> }): Promise<Run> {
  const whole: Run = { requests: 0, found: [] };
  for (let seed = options.seed; whole.requests < each; seed++) {
    const examples = Math.ceil((each - whole.requests) / Object.keys(ROUTES).length);
    const run = await fuzz({ ...as, seed, examples });
    if (run.requests === 0) throw new Error('nothing was asked');
    whole.requests += run.requests;
    whole.found.push(...run.found);
  }
  return whole;
}

async function signIn(anybody: Client, login: string): Promise<Client> {
  const { token } = await anybody.login({ body: { login, password: PASSWORD } });
  return createClient({ baseUrl: installation.url, token: token ?? '' });
}

async function known(client: Client): Promise<{ campaigns: string[]; cases: string[] }> {
  const { items } = await client.listCampaigns({ query: { limit: 50 } });
  const campaigns = items.map(({ id }) => id);
  const boards = await Promise.all(campaigns.map((id) => client.getBoard({ params: { id }, query: { limit: 50 } })));
  return { campaigns, cases: boards.flatMap((board) => board.items.map(({ caseId }) => caseId)) };
}
