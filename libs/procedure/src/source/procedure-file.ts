import { checkProcedure } from './procedure-checks.js';
import { HEAD, type ProcedureSource, type Section, SECTIONS } from './procedure-schema.js';
import { isRecord, LayeredYaml, type NamedText } from './yaml-file.js';

/** Finds the file a procedure says it is `like`, e.g. `vn-party-supervision@2022`; undefined when there is none. */
export type FindText = (name: string) => NamedText | undefined;

/** What could be read of a file; `known` tells which ids stand in it, be their entries right or wrong. */
export interface PartialSource {
  head: Partial<ProcedureSource>;
  sections: { [S in Section]: ProcedureSource[S] };
  known: Record<Section, Set<string>>;
}

/** Reads a procedure. Throws `FileProblems` with every mistake at once: file, line, column, field, and what would be right. */
export function readProcedure(text: string, file: string, find: FindText = () => undefined): ProcedureSource {
  const yaml = layered({ text, file }, find, []);
  const { head, sections, known } = readParts(yaml);
  checkProcedure(yaml, { head, sections, known });
  yaml.throwIfAny();
  return { ...(head as ProcedureSource), ...sections };
}

function layered(source: NamedText, find: FindText, above: string[]): LayeredYaml {
  const alone = new LayeredYaml(source);
  const like = isRecord(alone.value) ? alone.value.like : undefined;
  if (typeof like !== 'string') return alone;
  const below = above.includes(like) ? undefined : find(like);
  if (below) return new LayeredYaml(source, layered(below, find, [...above, like]));
  alone.problem(['like'], {
    vi: `không tìm thấy quy trình "${like}"; ghi tên tệp cùng thư mục, không có đuôi .yaml`,
    en: `no procedure "${like}"; write the name of a file in the same folder, without .yaml`,
  });
  return alone;
}

function readParts(yaml: LayeredYaml): PartialSource {
  const raw = isRecord(yaml.value) ? yaml.value : {};
  const isSection = (key: string): key is Section => key in SECTIONS;
  const headOnly = Object.fromEntries(Object.entries(raw).filter(([key]) => !isSection(key)));
  const head = yaml.check(HEAD, headOnly) ?? (headOnly as Partial<ProcedureSource>);
  const parts: PartialSource = { head, sections: {}, known: {} } as PartialSource;
  for (const section of Object.keys(SECTIONS) as Section[]) readSection(yaml, parts, section, raw[section]);
  return parts;
}

function readSection<S extends Section>(yaml: LayeredYaml, parts: PartialSource, section: S, value: unknown): void {
  const entries: Record<string, unknown> = {};
  if (value !== undefined && !isRecord(value)) {
    yaml.problem([section], { vi: 'phải là một bảng "mã: nội dung"', en: 'must be a map "id: content"' });
  }
  for (const [id, entry] of isRecord(value) ? Object.entries(value) : []) {
    const parsed = yaml.check(SECTIONS[section] as never, entry, [section, id]);
    if (parsed !== undefined) entries[id] = parsed;
  }
  parts.sections[section] = entries as never;
  parts.known[section] = new Set(isRecord(value) ? Object.keys(value) : []);
}
