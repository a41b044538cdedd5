import { ProblemError, type ProblemCode } from '@giamsat/contracts/http';
import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';

/** What is asked for without being shown, and the variable a script gives it in. */
const SECRETS = {
  password: { variable: 'GIAMSAT_PASSWORD', vi: 'Mật khẩu', en: 'Password' },
  next: { variable: 'GIAMSAT_NEW_PASSWORD', vi: 'Mật khẩu mới', en: 'New password' },
  code: { variable: 'GIAMSAT_CODE', vi: 'Mã xác thực (6 số) hoặc mã dự phòng', en: 'Six digits, or a recovery code' },
};

/** From the variable, else from whoever sits at the terminal. */
export async function askSecret(io: Io, name: keyof typeof SECRETS): Promise<string> {
  const { variable, vi, en } = SECRETS[name];
  const given = io.env[variable];
  if (given) return given;
  if (!io.isTerminal)
    throw new Stop('usage', { vi: `Thiếu: ${vi}. Đặt biến ${variable}.`, en: `Missing: ${en}. Set ${variable}.` });
  const { password } = await import('@inquirer/prompts');
  return password({ message: io.say({ vi, en }) });
}

/** The password once more, and a code where there is a second factor. */
export async function askProof(io: Io, code: boolean): Promise<{ password: string; code?: string }> {
  io.err(io.say({ vi: 'Việc này cần nhập lại mật khẩu.', en: 'This asks for your password again.' }));
  const password = await askSecret(io, 'password');
  return code ? { password, code: await askSecret(io, 'code') } : { password };
}

export const isProblem = (error: unknown, code: ProblemCode): boolean =>
  error instanceof ProblemError && error.problem.code === code;
