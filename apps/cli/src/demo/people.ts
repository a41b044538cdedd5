/**
 * Everybody in the demo is invented. Logins are what a newcomer types; the password is one for all and printed at the start,
 * so the accounts are marked as public and an api in production does not know them.
 */
export const PASSWORD = 'giamsat-demo';

export interface DemoPerson {
  login: string;
  name: string;
  /** in the owner's register; none = given by a plan (teams) */
  offices?: string[];
  what: { vi: string; en: string };
}

const STAFF: DemoPerson[] = [
  {
    login: 'coordinator',
    name: 'Đỗ Minh Khang',
    offices: ['coordinator', 'document-office'],
    what: { vi: 'điều phối, kiêm văn thư', en: 'coordinator, with the document office' },
  },
  { login: 'van-thu', name: 'Lý Thu Hà', offices: ['document-office'], what: { vi: 'văn thư', en: 'document office' } },
  {
    login: 'thuong-truc',
    name: 'Phan Quốc Thịnh',
    offices: ['standing-signer'],
    what: { vi: 'Thường trực ký văn bản', en: 'standing body, signs' },
  },
  {
    login: 'pho-bi-thu',
    name: 'Mai Đức Long',
    offices: ['standing-deputy'],
    what: { vi: 'Phó Bí thư thường trực', en: 'standing deputy secretary' },
  },
  { login: 'bi-thu', name: 'Tạ Hữu Nghĩa', offices: ['committee-secretary'], what: { vi: 'Bí thư', en: 'secretary' } },
  {
    login: 'chanh-van-phong',
    name: 'Vương Ngọc Bích',
    offices: ['chief-of-office'],
    what: { vi: 'Chánh văn phòng', en: 'chief of office' },
  },
  {
    login: 'ubkt',
    name: 'Cao Xuân Trường',
    offices: ['inspection-commission'],
    what: { vi: 'Ủy ban Kiểm tra', en: 'Inspection Commission' },
  },
  {
    login: 'tham-muu',
    name: 'Hồ Diệu Linh',
    offices: ['lead-adviser'],
    what: { vi: 'ban tham mưu', en: 'lead adviser' },
  },
  {
    login: 'dia-ban',
    name: 'Kiều Văn Lâm',
    offices: ['area-officer'],
    what: { vi: 'theo dõi địa bàn', en: 'area officer' },
  },
  {
    login: 'kiem-tra-ho-so',
    name: 'Thái Thanh Mai',
    offices: ['auditor'],
    what: { vi: 'kiểm tra hồ sơ', en: 'auditor' },
  },
  {
    login: 'quan-tri',
    name: 'Uông Khắc Hiếu',
    offices: ['administrator'],
    what: { vi: 'quản trị tài khoản', en: 'administrator of accounts' },
  },
  { login: 'truong-doan', name: 'Quách Hải Đăng', what: { vi: 'trưởng đoàn', en: 'head of the team' } },
  { login: 'thu-ky', name: 'Ninh Thùy Dương', what: { vi: 'thư ký đoàn', en: 'secretary of the team' } },
  { login: 'thanh-vien', name: 'Chu Bảo Quân', what: { vi: 'thành viên đoàn', en: 'member of the team' } },
];

/** A committee that is supervised; `login` is its head's, with `-dm` (đầu mối) its contact's. */
export interface DemoUnit {
  symbol: string;
  login: string;
  name: string;
  head: string;
  contact: string;
}

const unit = (symbol: string, login: string, name: string, head: string, contact: string): DemoUnit => ({
  symbol,
  login,
  name,
  head,
  contact,
});

export const COMMUNES: DemoUnit[] = [
  unit('DU-TRAN-BIEN', 'tran-bien', 'Đảng ủy phường Trấn Biên', 'Lưu Gia Huy', 'Trịnh Mỹ Lệ'),
  unit('DU-LONG-BINH', 'long-binh', 'Đảng ủy phường Long Bình', 'Bạch Công Vinh', 'Tống Khánh Vy'),
  unit('DU-TRI-AN', 'tri-an', 'Đảng ủy xã Trị An', 'Âu Dương Tùng', 'Giáp Hồng Nhung'),
  unit('DU-TAN-AN', 'tan-an', 'Đảng ủy xã Tân An', 'Đoàn Trí Dũng', 'Lại Phương Anh'),
  unit('DU-DINH-QUAN', 'dinh-quan', 'Đảng ủy xã Định Quán', 'Khổng Việt Cường', 'Nghiêm Thảo My'),
  unit('DU-XUAN-LOC', 'xuan-loc', 'Đảng ủy xã Xuân Lộc', 'Phùng Nhật Minh', 'Từ Kim Oanh'),
  unit('DU-LONG-THANH', 'long-thanh', 'Đảng ủy xã Long Thành', 'Viên Hoài Nam', 'Doãn Bích Trâm'),
  unit('DU-NHON-TRACH', 'nhon-trach', 'Đảng ủy xã Nhơn Trạch', 'Hứa Anh Tuấn', 'Ông Thị Sen'),
  unit('DU-BU-GIA-MAP', 'bu-gia-map', 'Đảng ủy xã Bù Gia Mập', 'Điểu Krông', 'Thị Rơi'),
];

/** The eleven district committees of 2023; all ended on 1/7/2025. */
export const DISTRICTS: DemoUnit[] = [
  unit('HU-BIEN-HOA', 'bien-hoa-2023', 'Thành ủy Biên Hòa', 'Tiêu Văn Phú', 'Mạc Lan Chi'),
  unit('HU-LONG-KHANH', 'long-khanh-2023', 'Thành ủy Long Khánh', 'Triệu Quang Hưng', 'La Thúy Hằng'),
  unit('HU-VINH-CUU', 'vinh-cuu-2023', 'Huyện ủy Vĩnh Cửu', 'Nhan Thành Đạt', 'Ngụy Thu Sương'),
  unit('HU-DINH-QUAN', 'dinh-quan-2023', 'Huyện ủy Định Quán', 'Sầm Đức Thắng', 'Liễu Minh Nguyệt'),
  unit('HU-TAN-PHU', 'tan-phu-2023', 'Huyện ủy Tân Phú', 'Ung Hoàng Sơn', 'Thân Ngọc Diệp'),
  unit('HU-XUAN-LOC', 'xuan-loc-2023', 'Huyện ủy Xuân Lộc', 'Vi Mạnh Hà', 'Diệp Tú Anh'),
  unit('HU-CAM-MY', 'cam-my-2023', 'Huyện ủy Cẩm Mỹ', 'Mông Bá Tòng', 'Tăng Mai Hương'),
  unit('HU-THONG-NHAT', 'thong-nhat-2023', 'Huyện ủy Thống Nhất', 'Đàm Khắc Trung', 'Lương Thục Đoan'),
  unit('HU-TRANG-BOM', 'trang-bom-2023', 'Huyện ủy Trảng Bom', 'Phó Hữu Lộc', 'Âu Cẩm Tiên'),
  unit('HU-LONG-THANH', 'long-thanh-2023', 'Huyện ủy Long Thành', 'Cung Trọng Nhân', 'Bành Quế Chi'),
  unit('HU-NHON-TRACH', 'nhon-trach-2023', 'Huyện ủy Nhơn Trạch', 'Khúc Duy Tân', 'Hà Uyên Phương'),
];

/** Where the demo has it: the communes that took over a district's ground. */
export const SUCCESSORS: Record<string, string[]> = {
  'HU-BIEN-HOA': ['DU-TRAN-BIEN', 'DU-LONG-BINH'],
  'HU-VINH-CUU': ['DU-TRI-AN', 'DU-TAN-AN'],
  'HU-DINH-QUAN': ['DU-DINH-QUAN'],
  'HU-XUAN-LOC': ['DU-XUAN-LOC'],
  'HU-LONG-THANH': ['DU-LONG-THANH'],
  'HU-NHON-TRACH': ['DU-NHON-TRACH'],
};
export const DISTRICTS_END = '2025-07-01';

/** A body that supervises, with its own people and those it supervises. */
export interface DemoCommittee {
  symbol: string;
  name: string;
  staff: DemoPerson[];
  units: DemoUnit[];
}

export const PROVINCE = { symbol: 'TU', name: 'Tỉnh ủy Đồng Nai', staff: STAFF, units: COMMUNES };

const rehearsing = (login: string, name: string, offices: string[] = []): DemoPerson => ({
  login: `dt-${login}`,
  name,
  offices,
  what: { vi: 'diễn tập', en: 'drill' },
});

/** The drill has its own committee, so that its letters and duties are nobody else's; the coordinator looks on. */
export const DRILL = {
  symbol: 'DT',
  name: 'Cấp ủy diễn tập',
  staff: [
    { ...STAFF[0]!, offices: ['coordinator'] },
    rehearsing('van-thu', 'Trà Mỹ Duyên', ['document-office']),
    rehearsing('thuong-truc', 'Lạc Văn Hòa', ['standing-signer']),
    rehearsing('pho-bi-thu', 'Ma Văn Tới', ['standing-deputy']),
    rehearsing('bi-thu', 'Sử Ngọc Anh', ['committee-secretary']),
    rehearsing('chanh-van-phong', 'Cù Thị Lụa', ['chief-of-office']),
    rehearsing('ubkt', 'Khuất Duy Thành', ['inspection-commission']),
    rehearsing('tham-muu', 'Giang Bích Hạnh', ['lead-adviser']),
    rehearsing('dia-ban', 'Nông Văn Bền', ['area-officer']),
    rehearsing('truong-doan', 'Ngạc Quốc Bảo'),
    rehearsing('thu-ky', 'Tòng Thị Xuân'),
    rehearsing('thanh-vien', 'Lò Văn Chung'),
  ],
  units: [
    unit('DT-1', 'dt-1', 'Đảng ủy diễn tập số 1', 'Hà Văn Sáng', 'Bế Thị Nga'),
    unit('DT-2', 'dt-2', 'Đảng ủy diễn tập số 2', 'Quàng Văn Tư', 'Hoa Thị Ly'),
    unit('DT-3', 'dt-3', 'Đảng ủy diễn tập số 3', 'Đinh Công Tám', 'Vàng Thị Mai'),
  ],
} satisfies DemoCommittee;
