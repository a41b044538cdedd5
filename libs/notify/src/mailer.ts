import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';

export interface Mail {
  /** unique per letter and always the same for it: a mail sent twice after a crash is one mail to the reader's program */
  messageId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
}

export interface Mailer {
  /** Resolves when the other side has taken it. @throws MailRefused for good, any other error for now. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** The address will never take it: trying again does not help. */
export class MailRefused extends Error {
  constructor(readonly code: string) {
    super(`mail refused: ${code}`);
  }
}

export interface MailOptions {
  from: string;
  /** smtp://user:password@host:port; absent = one file a mail under `directory` */
  smtpUrl?: string;
  directory: string;
}

/** Deterministic, and without a name: the id of the letter's first notice. */
export const messageIdOf = (notice: string): string => `<${notice}@giamsat>`;

export function createMailer(options: MailOptions): Mailer {
  return options.smtpUrl ? smtpMailer(options.smtpUrl, options.from) : fileMailer(options.directory, options.from);
}

function smtpMailer(url: string, from: string): Mailer {
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  return {
    async send(mail) {
      try {
        await transport.sendMail({ ...mail, from });
      } catch (error) {
        throw isFinal(error) ? new MailRefused(codeOf(error)) : error;
      }
    },
    close: () => transport.close(),
  };
}

/** RFC 5321 §4.2.1: 5yz is permanent, 4yz may be tried again. */
const isFinal = (error: unknown): boolean => Number((error as { responseCode?: number }).responseCode ?? 0) >= 500;
const codeOf = (error: unknown): string =>
  String((error as { responseCode?: number }).responseCode ?? (error as { code?: string }).code ?? 'unknown');

/** Whole or not at all: written beside its place, then moved there. The name is the message id, so a repeat replaces itself. */
function fileMailer(directory: string, from: string): Mailer {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    async send(mail) {
      await mkdir(directory, { recursive: true });
      const { message } = await transport.sendMail({ ...mail, from });
      const path = join(directory, `${mail.messageId.replace(/[^\w-]/g, '_')}.eml`);
      await writeFile(`${path}.part`, message as Buffer);
      await rename(`${path}.part`, path);
    },
    close: () => transport.close(),
  };
}
