import { mistakesOf } from './password-rules.js';

const OWNER = { login: 'van-thu', name: 'Lý Thu Hà' };
const codes = async (password: string) => (await mistakesOf(password, OWNER, 'next')).map(({ code }) => code);

describe('the rules of a new password', () => {
  it.each([
    ['a short one', 'x7Gk2pQz', 'TOO_SHORT'],
    ['a common one', 'password1234', 'TOO_COMMON'],
    ['a common one written otherwise', 'P@ssw0rd2026!', 'TOO_COMMON'],
    ['keys in a row', 'qwertyuiop123', 'TOO_COMMON'],
    ['a repetition', 'abc123abc123', 'TOO_COMMON'],
    ['a habit of this country', 'Mật khẩu@123456', 'TOO_COMMON'],
    ['words of love and a day', 'anhyeuem14022003', 'TOO_COMMON'],
    ['the office and its year', 'Giám-sát-2026', 'TOO_COMMON'],
    ['the owner and a number', 'LyThuHa123456', 'TOO_COMMON'],
    ['the login', 'x7Gk2pQz-Van.Thu', 'HAS_LOGIN'],
  ])('refuse %s', async (_, password, code) => {
    expect(await codes(password)).toContain(code);
  });

  it.each(['ngựa chạy trên đồi vắng', 'x7Gk2pQz9LmT', 'trăm ngọn đèn khuya'])('take %s', async (password) => {
    expect(await codes(password)).toEqual([]);
  });

  it('name the place and the remedy and never the password', async () => {
    const [mistake] = await mistakesOf('password1234', OWNER, 'next');
    expect(mistake).toMatchObject({ path: 'next', message: { vi: expect.stringContaining('dễ đoán') as string } });
    expect(JSON.stringify(mistake)).not.toContain('password1234');
  });
});
