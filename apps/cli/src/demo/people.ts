/** Everybody in the demo is invented. Logins are what a newcomer types; the password is one for all and printed at the start. */
export const PASSWORD = 'giamsat-demo';

export interface DemoPerson {
  login: string;
  name: string;
  /** office in the owner's register; absent = given by a plan (teams) or a unit */
  office?: string;
  what: { vi: string; en: string };
}

export const OWNER = { symbol: 'TU', name: 'Tỉnh ủy Đồng Nai' };

export const STAFF: DemoPerson[] = [
  { login: 'coordinator', name: 'Đỗ Minh Khang', office: 'coordinator', what: { vi: 'điều phối', en: 'coordinator' } },
  { login: 'van-thu', name: 'Lý Thu Hà', office: 'document-office', what: { vi: 'văn thư', en: 'document office' } },
  {
    login: 'thuong-truc',
    name: 'Phan Quốc Thịnh',
    office: 'standing-signer',
    what: { vi: 'Thường trực ký văn bản', en: 'standing body, signs' },
  },
  {
    login: 'pho-bi-thu',
    name: 'Mai Đức Long',
    office: 'standing-deputy',
    what: { vi: 'Phó Bí thư thường trực', en: 'standing deputy secretary' },
  },
  { login: 'bi-thu', name: 'Tạ Hữu Nghĩa', office: 'committee-secretary', what: { vi: 'Bí thư', en: 'secretary' } },
  {
    login: 'chanh-van-phong',
    name: 'Vương Ngọc Bích',
    office: 'chief-of-office',
    what: { vi: 'Chánh văn phòng', en: 'chief of office' },
  },
  {
    login: 'ubkt',
    name: 'Cao Xuân Trường',
    office: 'inspection-commission',
    what: { vi: 'Ủy ban Kiểm tra', en: 'Inspection Commission' },
  },
  { login: 'tham-muu', name: 'Hồ Diệu Linh', office: 'lead-adviser', what: { vi: 'ban tham mưu', en: 'lead adviser' } },
  {
    login: 'dia-ban',
    name: 'Kiều Văn Lâm',
    office: 'area-officer',
    what: { vi: 'theo dõi địa bàn', en: 'area officer' },
  },
  { login: 'kiem-tra-ho-so', name: 'Thái Thanh Mai', office: 'auditor', what: { vi: 'kiểm tra hồ sơ', en: 'auditor' } },
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

export const DISTRICTS_END = '2025-07-01';
