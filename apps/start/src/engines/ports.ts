import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { Fault } from '../fault.js';

/**
 * Below the ports that systems give to outgoing connections (Linux from 32768, others from 49152 on): a port is named now and
 * listened on later, and a connection that got it meanwhile may keep it for hours.
 */
const FIRST = 15_000;
const AFTER_LAST = 32_768;
const TRIES = 100;

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

export async function freePort(): Promise<number> {
  for (let n = 0; n < TRIES; n++) {
    const port = randomInt(FIRST, AFTER_LAST);
    if (await isFree(port)) return port;
  }
  throw new Fault(
    'Máy không còn cổng trống trên 127.0.0.1: hãy tắt bớt chương trình rồi chạy lại.',
    'No port is free on 127.0.0.1: end some programs and start again.',
  );
}

/**
 * A port somebody asked for by its setting must be free; one we chose ourselves gives way to a free one.
 * @throws Fault naming the setting
 */
export async function choosePort(setting: string, asked: number | undefined, usual: number): Promise<number> {
  if (asked === 0) return freePort();
  if (asked === undefined) return (await isFree(usual)) ? usual : freePort();
  if (await isFree(asked)) return asked;
  throw new Fault(
    `Cổng ${asked} đang được chương trình khác dùng: hãy tắt chương trình đó hoặc đặt ${setting} là một cổng trống.`,
    `Port ${asked} is taken by another program: end that program or set ${setting} to a free port.`,
  );
}
