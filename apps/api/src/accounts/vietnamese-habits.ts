/** Without case, diacritics and what stands between words: as it is typed on any keyboard. */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/gi, 'd')
    .replace(/[\s._-]+/g, '')
    .toLowerCase();

/** What people here put into passwords, the commonest first: words of love and of the office, names, places. */
export const VIETNAMESE_HABITS = [
  ...words(
    'mật khẩu, mật mã, anh yêu em, em yêu anh, yêu em, yêu anh, tình yêu, việt nam, xin chào, không biết, không có',
  ),
  ...words(
    'mãi mãi, vợ yêu, chồng yêu, con yêu, gia đình, hạnh phúc, may mắn, bạn bè, quê hương, hòa bình, độc lập, tự do',
  ),
  ...words(
    'giám sát, kiểm tra, đảng bộ, đảng ủy, đảng viên, tỉnh ủy, huyện ủy, thành ủy, văn phòng, văn thư, thường trực, bí thư',
  ),
  ...words(
    'ủy ban, ban thường vụ, tuyên giáo, dân vận, tổ chức, nội chính, chi bộ, cộng sản, đảng cộng sản, cách mạng, hồ chí minh',
  ),
  ...words('bác hồ, nghị quyết, kế hoạch, quyết định, thông báo, kết luận, điều phối, quản trị, administrator, demo'),
  ...words(
    'nguyễn, trần, lê, phạm, hoàng, huỳnh, phan, vũ, võ, đặng, bùi, đỗ, hồ, ngô, dương, lý, đinh, đoàn, trịnh, mai, lâm',
  ),
  ...words(
    'nguyễn văn, nguyễn thị, trần văn, trần thị, lê văn, lê thị, phạm văn, phạm thị, văn, thị, hữu, đức, minh, ngọc, thanh',
  ),
  ...words(
    'anh, hùng, dũng, tuấn, sơn, hải, nam, long, thắng, cường, linh, hương, lan, hoa, hà, thảo, trang, phương, vy, quân',
  ),
  ...words(
    'hà nội, sài gòn, đà nẵng, hải phòng, cần thơ, đồng nai, biên hòa, bình dương, bình phước, long thành, trảng bom, huế',
  ),
  ...words(
    'nha trang, đà lạt, vũng tàu, nghệ an, thanh hóa, quảng ninh, hạ long, bắc ninh, thái bình, nam định, cà mau, tây ninh',
  ),
];

function words(list: string): string[] {
  return list.split(',').map(plain);
}
