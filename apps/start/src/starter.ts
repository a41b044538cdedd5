import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import type { Application, ApplicationProcess, Surroundings } from './application.js';
import type { StarterConfig } from './config.js';
import { createDatabase, givenUrls, prepareDatabase, urlsFrom, urlVariables, type RoleUrls } from './database.js';
import { lastLines, signalGroup, startChild, type Child } from './engines/child.js';
import { startPostgres, startTemporal, temporalBinary, waitUntil } from './engines/index.js';
import { Stop } from './engines/wait-until.js';
import { Fault } from './fault.js';
import { checkSpace, logFile, openHome, writeWhole } from './home.js';
import { lockHome } from './lock.js';
import { choosePorts, type Ports } from './ports.js';
import { Processes, type ProcessName } from './processes.js';
import { loadSecrets, type Secrets } from './secrets.js';

/** Brings servers and application up, step by step, and down again in the opposite order. `onLost` hears of a process that ended by itself. */
export class Starter {
  private readonly home: string;
  private readonly demoFile: string;
  private readonly processes: Processes;
  private unlock?: () => void;
  private ports?: Ports;
  private secrets?: Secrets;
  private temporalProgram?: string;
  private temporalAddress?: string;
  private adminUrl?: string;
  private stopping = false;
  around?: Surroundings;
  /** Of Temporal's web page, when we started the server. */
  uiUrl?: string;

  constructor(
    private readonly config: StarterConfig,
    private readonly application: Application,
    private readonly onLost: (fault: Fault) => void,
  ) {
    this.home = config.GIAMSAT_HOME;
    this.demoFile = join(this.home, 'demo.txt');
    this.processes = new Processes(join(this.home, 'processes.json'));
  }

  /** @returns the names of processes that an earlier, killed starter had left and that were ended */
  async takeHome(): Promise<ProcessName[]> {
    openHome(this.home);
    await checkSpace(this.home, this.config.GIAMSAT_MIN_FREE_MB);
    this.unlock = lockHome(this.home);
    const ended = await this.processes.endOrphans();
    this.secrets = loadSecrets(this.home);
    this.ports = await choosePorts(this.config);
    return ended;
  }

  get usesOwnTemporal(): boolean {
    return this.config.TEMPORAL_ADDRESS === undefined;
  }

  get usesOwnPostgres(): boolean {
    return this.config.DATABASE_URL === undefined && givenUrls(this.config) === undefined;
  }

  async findTemporal(): Promise<string> {
    const found = await temporalBinary(this.config.GIAMSAT_CACHE);
    this.temporalProgram = found.path;
    return found.from;
  }

  async startTemporal(): Promise<void> {
    const { temporal: port, ui: uiPort } = needed(this.ports);
    const server = await startTemporal({
      binary: needed(this.temporalProgram),
      dbFile: join(this.home, 'temporal.db'),
      logFile: logFile(this.home, 'temporal'),
      namespace: this.config.TEMPORAL_NAMESPACE,
      port,
      uiPort,
      onSpawn: this.recorder('temporal'),
    });
    this.watch('temporal', server.child);
    this.temporalAddress = server.address;
    this.uiUrl = `http://127.0.0.1:${uiPort}`;
  }

  /** A server somebody else runs: it must answer and have the namespace. */
  async reachTemporal(): Promise<void> {
    const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE: namespace, TEMPORAL_TLS, TEMPORAL_API_KEY: apiKey } = this.config;
    const address = needed(TEMPORAL_ADDRESS);
    try {
      const tls = TEMPORAL_TLS || apiKey !== undefined;
      const connection = await Connection.connect({ address, tls, apiKey, connectTimeout: 5_000 });
      await connection.workflowService.describeNamespace({ namespace }).finally(() => connection.close());
    } catch (error) {
      throw temporalUnreachable(address, namespace, error as Error);
    }
    this.temporalAddress = address;
  }

  async startPostgres(): Promise<void> {
    const server = await startPostgres({
      folder: join(this.home, 'postgres'),
      logFile: logFile(this.home, 'postgres'),
      password: needed(this.secrets).superuser,
      port: needed(this.ports).postgres,
      onSpawn: this.recorder('postgres'),
    });
    this.watch('postgres', server.child);
    this.adminUrl = await createDatabase(server.url);
  }

  async prepareDatabase(): Promise<void> {
    const given = givenUrls(this.config);
    const admin = needed(this.config.DATABASE_URL ?? this.adminUrl ?? given?.migrator);
    const urls = given ?? urlsFrom(admin, needed(this.secrets).roles);
    await prepareDatabase(admin, urls, this.attestKey);
    const ports = needed(this.ports);
    this.around = { home: this.home, urls, ports, environment: this.environment(urls, ports) };
  }

  async startProcess(wanted: ApplicationProcess): Promise<void> {
    const around = needed(this.around);
    const log = logFile(this.home, wanted.name);
    const child = await startChild({
      command: process.execPath,
      args: ['--enable-source-maps', ...wanted.args],
      logFile: log,
      env: { ...process.env, ...around.environment },
      onSpawn: this.recorder(wanted.name),
    });
    const probe = async (): Promise<true | undefined> => {
      const ending = child.ending();
      if (ending !== undefined) throw new Stop(didNotStart(wanted.name, ending, log));
      return (await wanted.isReady(around)) || undefined;
    };
    await waitUntil(probe, 60_000, (last) => didNotStart(wanted.name, last ?? '60 s', log));
    this.watch(wanted.name, child);
  }

  /** What the demo said of itself when it was loaded. */
  get demo(): string | undefined {
    return existsSync(this.demoFile) ? readFileSync(this.demoFile, 'utf8') : undefined;
  }

  get asksSigners(): boolean {
    return this.config.GIAMSAT_SECOND_FACTOR === 'signers';
  }

  get demoIsMissing(): boolean {
    return this.application.loadDemo !== undefined && this.demo === undefined;
  }

  async loadDemo(): Promise<void> {
    writeWhole(this.demoFile, (await this.application.loadDemo?.(needed(this.around))) ?? '');
  }

  /** Lets the command line find what runs here. */
  announce(): void {
    writeWhole(join(this.home, 'environment.json'), JSON.stringify(needed(this.around).environment, null, 2));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (!this.unlock) return; // The folder is another's: nothing in it is ours to end or remove.
    rmSync(join(this.home, 'environment.json'), { force: true });
    await this.processes.end();
    this.unlock();
  }

  private get attestKey(): string {
    return this.config.GIAMSAT_ATTEST_KEY ?? needed(this.secrets).attestKey;
  }

  private environment(urls: RoleUrls, ports: Ports): Record<string, string> {
    return {
      ...urlVariables(urls),
      TEMPORAL_ADDRESS: needed(this.temporalAddress),
      TEMPORAL_NAMESPACE: this.config.TEMPORAL_NAMESPACE,
      GIAMSAT_ATTEST_KEY: this.attestKey,
      GIAMSAT_PAYLOAD_KEY: this.config.GIAMSAT_PAYLOAD_KEY ?? needed(this.secrets).payloadKey,
      GIAMSAT_ACCOUNT_KEY: this.config.GIAMSAT_ACCOUNT_KEY ?? needed(this.secrets).accountKey,
      GIAMSAT_SECOND_FACTOR: this.config.GIAMSAT_SECOND_FACTOR,
      GIAMSAT_API_PORT: `${ports.api}`,
      GIAMSAT_WORKER_PORT: `${ports.worker}`,
      GIAMSAT_MAIL_DIR: join(this.home, 'mail'),
      GIAMSAT_HOME: this.home,
    };
  }

  /** A stop that came during the start must not be answered by one more process. */
  private recorder(name: ProcessName): (pid: number) => void {
    return (pid) => {
      if (this.stopping) signalGroup(pid, 'SIGKILL');
      else this.processes.add(name, pid);
    };
  }

  private watch(name: ProcessName, child: Child): void {
    void child.exited.then((ending) => {
      if (!this.stopping) this.onLost(endedByItself(name, ending, child.logFile));
    });
  }
}

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a step of the start was left out');
  return value;
}

const temporalUnreachable = (address: string, namespace: string, error: Error): Fault =>
  new Fault(
    `Máy chủ Temporal ${address} không trả lời với namespace "${namespace}": hãy kiểm tra TEMPORAL_ADDRESS và TEMPORAL_NAMESPACE, hoặc bỏ chúng để chạy máy chủ kèm theo.`,
    `The Temporal server ${address} does not answer for the namespace "${namespace}": check TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE, or unset them to run the one that comes along.`,
    error.message,
  );

const didNotStart = (name: string, last: unknown, log: string): Fault =>
  new Fault(
    `Tiến trình ${name} không khởi động được (${String(last)}): hãy xem ${log}.`,
    `The process ${name} did not start (${String(last)}): see ${log}.`,
    lastLines(log),
  );

const endedByItself = (name: string, ending: string, log: string): Fault =>
  new Fault(
    `Tiến trình ${name} đã tự dừng (${ending}): hãy xem ${log} rồi chạy lại.`,
    `The process ${name} ended by itself (${ending}): see ${log} and start again.`,
    lastLines(log),
  );
