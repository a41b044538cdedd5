/** Is it a Vietnamese syllable at all? Spelling by the rules of the script, without a word list. */
const ONSETS = 'ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p r s t v x'
  .split(' ')
  .sort((a, b) => b.length - a.length);

const RIMES = new Set(
  (
    'a ai ao au ay am an ang anh ap at ac ach ăm ăn ăng ăp ăt ăc ăk ak âm ân âng âp ât âc âu ây ' +
    'e em en eng ep et ec eo ê êm ên ênh êng êp êt êch êu i im in inh ip it ich iu ia iêm iên iêng iêp iêt iêc iêu ' +
    'o om on ong op ot oc oi oong ooc ok oa oai oay oan oang oanh oat oac oach oam oap oao oe oen oet oeo oăn oăng oăt oăc oăm ' +
    'ô ôm ôn ông ôp ôt ôc ôi ơ ơm ơn ơp ơt ơi u um un ung up ut uc ui ua uê uênh uêch uy uya uych uynh uyn uyt uyu uyên uyêt uyp ' +
    'uân uâng uât uây uơ uôm uôn uông uôt uôc uôi ư ưm ưn ưng ưt ưc ưi ưu ưa ươm ươn ương ươp ươt ươc ươi ươu ' +
    'y yên yêm yêng yêt yêu yt ych ynh'
  ).split(' '),
);

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
/** A tone stands on a vowel, with or without its hat, breve or horn. */
const MISPLACED = /(?<![aeiouy\u0302\u0306\u031B])[\u0300\u0301\u0303\u0309\u0323]/;
/** Syllables that end in p, t, c, ch carry sắc or nặng. */
const STOPPED = /(?:[ptc]|ch)$/;

/** `word`: lower case, NFC. */
export function isSyllable(word: string): boolean {
  const decomposed = word.normalize('NFD');
  const tones = decomposed.match(TONES) ?? [];
  if (tones.length > 1 || MISPLACED.test(decomposed)) return false;
  const plain = decomposed.replace(TONES, '').normalize('NFC');
  const sharp = tones[0] === '\u0301' || tones[0] === '\u0323';
  if (STOPPED.test(plain) && plain.length > 2 && !sharp) return false;
  return ['', ...ONSETS].some((onset) => plain.startsWith(onset) && RIMES.has(plain.slice(onset.length)));
}

const ALIKE: readonly string[] = ['aăâ', 'oôơ', 'uư', 'eê', 'dđ'];

/** Syllables one mark away: another letter of the same family, or the tone that a syllable ending in p, t, c, ch must have. */
export function neighbours(word: string): string[] {
  const letters = [...word].map((letter) => {
    const parts = letter.normalize('NFD');
    return { base: parts.replace(TONES, '').normalize('NFC'), tone: parts.match(TONES)?.[0] ?? '' };
  });
  const spell = (at: number, letter: string): string =>
    letters.map(({ base, tone }, i) => (i === at ? letter : base + tone).normalize('NFC')).join('');
  const candidates = letters.flatMap(({ base, tone }, i) => {
    const family = ALIKE.find((alike) => alike.includes(base)) ?? '';
    const others = [...family].filter((other) => other !== base).map((other) => other + tone);
    return [...others, ...(tone ? [] : [`${base}\u0301`, `${base}\u0323`])].map((letter) => spell(i, letter));
  });
  return [...new Set(candidates.filter(isSyllable))];
}
