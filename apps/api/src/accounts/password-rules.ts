import type { Mistake } from '@giamsat/contracts/http';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { plain, VIETNAMESE_HABITS } from './vietnamese-habits.js';

export const SHORTEST = 12;
/** Of zxcvbn's scores 0 to 4, the first that resists a thief of the hashes for long: 10^8 guesses. */
const LOWEST_SCORE = 3;

export interface Owner {
  login: string;
  name: string;
}

const RULES = {
  TOO_SHORT: {
    vi: `Mật khẩu cần ít nhất ${SHORTEST} ký tự; một câu vài từ là tốt nhất.`,
    en: `A password needs at least ${SHORTEST} characters; a sentence of some words is best.`,
  },
  HAS_LOGIN: {
    vi: 'Mật khẩu không được chứa tên đăng nhập.',
    en: 'A password must not contain the login.',
  },
  TOO_COMMON: {
    vi: 'Mật khẩu này dễ đoán: từ hay dùng, tên, ngày tháng hoặc dãy phím. Hãy chọn vài từ không liên quan nhau.',
    en: 'This password is easy to guess: common words, names, dates or keys in a row. Take some unrelated words.',
  },
};

/** Every rule a new password breaks, none with the password; empty = it may be used. */
export async function mistakesOf(password: string, { login, name }: Owner, path: string): Promise<Mistake[]> {
  const broken: (keyof typeof RULES)[] = [];
  if ([...password].length < SHORTEST) broken.push('TOO_SHORT');
  if (plain(password).includes(plain(login))) broken.push('HAS_LOGIN');
  const { score } = (await guesser()).check(plain(password), [login, name, ...name.split(/\s+/)].map(plain));
  if (score < LOWEST_SCORE) broken.push('TOO_COMMON');
  return broken.map((code) => ({ path, code, message: RULES[code] }));
}

let made: Promise<ZxcvbnFactory> | undefined;

/** Fifty thousand passwords that people use, loaded when the first new one is chosen. */
const guesser = (): Promise<ZxcvbnFactory> => (made ??= makeGuesser());

async function makeGuesser(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  // Long ones are looked at by their beginning: the time of a guess grows faster than its length.
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, vietnamese: VIETNAMESE_HABITS },
    graphs: common.adjacencyGraphs,
    maxLength: 64,
  });
}
