#include "protocols/radio/speech/lexicon.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

namespace siaga::radio {
namespace {

struct Row {
  std::string_view written;
  std::string_view spoken;
};

constexpr auto words = std::to_array<Row>({
    // places
    {"jl", "jalan"},
    {"jln", "jalan"},
    {"gg", "gang"},
    {"kel", "kelurahan"},
    {"kec", "kecamatan"},
    {"kab", "kabupaten"},
    {"kp", "kampung"},
    {"ds", "desa"},
    {"dsn", "dusun"},
    {"prov", "provinsi"},
    {"simp", "simpang"},
    {"komp", "kompleks"},
    {"kav", "kaveling"},
    {"jemb", "jembatan"},
    {"kaltim", "Kalimantan Timur"},
    // time
    {"wib", "waktu Indonesia barat"},
    {"wita", "waktu Indonesia tengah"},
    {"wit", "waktu Indonesia timur"},
    {"pkl", "pukul"},
    {"tma", "tinggi muka a-ir"},
    {"tgl", "tanggal"},
    {"skrg", "sekarang"},
    // everyday short forms
    {"yg", "yang"},
    {"dgn", "dengan"},
    {"dg", "dengan"},
    {"utk", "untuk"},
    {"tdk", "tidak"},
    {"sdh", "sudah"},
    {"blm", "belum"},
    {"krn", "karena"},
    {"dlm", "dalam"},
    {"pd", "pada"},
    {"tsb", "tersebut"},
    {"spt", "seperti"},
    {"hrs", "harus"},
    {"jgn", "jangan"},
    {"kpd", "kepada"},
    {"dr", "dari"},
    {"dpt", "dapat"},
    {"shg", "sehingga"},
    {"sbg", "sebagai"},
    {"ttg", "tentang"},
    {"thd", "terhadap"},
    {"sktr", "sekitar"},
    {"sblm", "sebelum"},
    {"stlh", "setelah"},
    {"org", "orang"},
    {"bpk", "bapak"},
    {"sdr", "saudara"},
    {"ybs", "yang bersangkutan"},
    {"dll", "dan lain-lain"},
    {"dsb", "dan sebagainya"},
    {"dst", "dan seterusnya"},
    {"hub", "hubungi"},
    {"telp", "telepon"},
    {"tlp", "telepon"},
    {"hp", "ha pe"},
    {"kdlmn", "kedalaman"},
    {"bhw", "bahwa"},
    {"msh", "masih"},
    {"jml", "jumlah"},
    {"kend", "kendaraan"},
    {"otk", "orang tak dikenal"},
    {"lakalantas", "kecelakaan lalu lintas"},
    // said wrong by the engine's rules
    {"air", "a-ir"},
});

// Short forms whose dot never ends a sentence: a name or a number follows.
constexpr auto leading = std::to_array<std::string_view>(
    {"jl",   "jln", "gg",   "kel", "kec", "kab", "kp",   "ds",  "dsn", "prov", "simp",
     "komp", "kav", "jemb", "pkl", "tgl", "hub", "telp", "tlp", "hp",  "bpk",  "sdr",
     "dr",   "no",  "lt",   "gd",  "hal", "km",  "sp",   "psl", "rp"});

constexpr auto marked_words = std::to_array<Row>({
    {"no", "nomor"},
    {"lt", "lantai"},
    {"gd", "gedung"},
    {"hal", "halaman"},
    {"km", "kilometer"},
    {"sp", "simpang"},
    {"psl", "pasal"},
    {"rp", "rupiah"},
});

constexpr auto units = std::to_array<Row>({
    {"mm", "milimeter"},
    {"cm", "sentimeter"},
    {"m", "meter"},
    {"km", "kilometer"},
    {"Km", "kilometer"},
    {"KM", "kilometer"},
    {"ha", "hektare"},
    {"Ha", "hektare"},
    {"kg", "kilogram"},
    {"Kg", "kilogram"},
    {"KG", "kilogram"},
    {"g", "gram"},
    {"gr", "gram"},
    {"L", "liter"},
    {"l", "liter"},
    {"ltr", "liter"},
    {"SR", "skala Richter"},
    {"kV", "kilovolt"},
    {"kW", "kilowatt"},
    {"MW", "megawatt"},
    {"kn", "knot"},
    {"kts", "knot"},
    {"mdpl", "meter di atas permukaan laut"},
    {"dtk", "detik"},
    {"mnt", "menit"},
    {"jt", "juta"},
    {"rb", "ribu"},
    {"x", "kali"},
    {"PK", "pe ka"},
    {"ppm", "pe pe em"},
});

constexpr auto spelled = std::to_array<std::string_view>({
    "TNI",  "AKP", "AKBP", "PMI",  "RSUD", "RSU",  "RSIA", "DPO", "UGD", "IGD",  "ICU",
    "APD",  "UPT", "UPTD", "PDAM", "ASN",  "SIM",  "ATM",  "AC",  "LNG", "NGL",  "RI",
    "NKRI", "KAI", "APBD", "WNI",  "WNA",  "TKI",  "TKA",  "KUA", "KPU", "APH",  "OPD",
    "PNS",  "UU",  "PP",   "BUMN", "IUP",  "KIA",  "AD",   "AL",  "AU",  "TNKB", "KRI",
    "ABK",  "UPP", "PUPR", "ESDM", "EWS",  "CCTV", "GPS",  "HT",
});

constexpr auto plate_regions = std::to_array<std::string_view>({
    "A",  "AA", "AB", "AD", "AE", "AG", "B",  "BA", "BB", "BD", "BE", "BG", "BH", "BK", "BL",
    "BM", "BN", "BP", "D",  "DA", "DB", "DC", "DD", "DE", "DG", "DH", "DK", "DL", "DM", "DN",
    "DP", "DR", "DS", "DT", "DW", "E",  "EA", "EB", "ED", "F",  "G",  "H",  "K",  "KB", "KH",
    "KT", "KU", "L",  "N",  "P",  "PA", "PB", "R",  "S",  "T",  "W",  "Z",
});

constexpr auto months = std::to_array<std::string_view>({
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
});

constexpr auto digit_names = std::to_array<std::string_view>(
    {"nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"});

constexpr auto letter_names = std::to_array<std::string_view>(
    {"a",  "be", "ce", "de", "e",  "ef", "ge", "ha", "i",  "je", "ka",  "el", "em",
     "en", "o",  "pe", "ki", "er", "es", "te", "u",  "ve", "we", "eks", "ye", "zet"});

std::optional<std::string_view> look_up(std::span<Row const> table, std::string_view written) {
  auto const row = std::ranges::find(table, written, &Row::written);
  if (row == table.end()) return std::nullopt;
  return row->spoken;
}

std::string digits_with(std::string_view digits, std::string_view between) {
  std::string spoken;
  for (char const c : digits) {
    if (std::isdigit(static_cast<unsigned char>(c)) == 0) continue;
    if (!spoken.empty()) spoken += between;
    spoken += digit_names[static_cast<std::size_t>(c - '0')];
  }
  return spoken;
}

}  // namespace

std::optional<std::string_view> full_word(std::string_view low) {
  return look_up(words, low);
}

std::optional<std::string_view> full_word_if_marked(std::string_view low) {
  return look_up(marked_words, low);
}

bool leads_to_name(std::string_view low) {
  return std::ranges::find(leading, low) != leading.end();
}

std::optional<std::string_view> unit_name(std::string_view written) {
  return look_up(units, written);
}

bool is_spelled(std::string_view written) {
  return std::ranges::find(spelled, written) != spelled.end();
}

std::optional<std::string_view> month_name(std::string_view low) {
  if (low.size() < 3) return std::nullopt;
  if (low == "agt" || low == "ags" || low == "aug") return months[7];
  if (low == "oct") return months[9];
  if (low == "dec") return months[11];
  if (low == "may") return months[4];
  if (low == "nop") return months[10];
  for (auto const name : months) {
    std::string full(name);
    full[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(full[0])));
    if (low == full || low == full.substr(0, 3)) return name;
  }
  return std::nullopt;
}

std::optional<std::string_view> month_name(int month) {
  if (month < 1 || month > 12) return std::nullopt;
  return months[static_cast<std::size_t>(month - 1)];
}

bool is_plate_region(std::string_view written) {
  return std::ranges::find(plate_regions, written) != plate_regions.end();
}

std::string digit_by_digit(std::string_view digits) {
  return digits_with(digits, ", ");
}

std::string digits_together(std::string_view digits) {
  return digits_with(digits, " ");
}

std::string letter_by_letter(std::string_view letters) {
  std::string spoken;
  for (char const c : letters) {
    auto const low = std::tolower(static_cast<unsigned char>(c));
    if (low < 'a' || low > 'z') continue;
    if (!spoken.empty()) spoken += ' ';
    spoken += letter_names[static_cast<std::size_t>(low - 'a')];
  }
  return spoken;
}

}  // namespace siaga::radio
