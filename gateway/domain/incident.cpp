#include "gateway/domain/incident.hpp"

#include <array>

#include "gateway/domain/lexicon.hpp"
#include "gateway/domain/text.hpp"

namespace siaga {
namespace {

// In the order of the kinds.
constexpr auto rows = std::to_array<IncidentWords>({
    {false, "Pesan tanpa tanda tangan sah ditolak. Hubungi instansi pengirim.",
     "A message without a good signature was refused. Ask the agency that sent it."},
    {false, "Satu nomor alert dipakai untuk dua isi. Hubungi instansi pengirim.",
     "One identifier was used for two contents. Ask the agency that sent it."},
    {true, "Broker menolak topik jawaban. Tambahkan baris ACL untuk topik itu.",
     "The broker refuses to let us publish on a topic. Add the ACL line for it."},
    {true, "Satu pesan menghentikan salurannya dan ditunda. Periksa saluran itu.",
     "A message that stops its channel waits behind others. Look at that channel."},
    {true, "Tanda terima tidak dapat dikirim. Periksa broker MQTT.",
     "Receipts cannot be told. Look at the MQTT broker."},
    {true, "Broker MQTT tidak tersambung. Periksa broker dan jaringan.",
     "The MQTT broker is not connected. Look at the broker and the network."},
    {true, "Klien lain memakai sesi MQTT gateway. Cari gateway kedua bernama sama.",
     "Another client took our MQTT session. Find the second gateway of this name."},
    {true, "MQTT putus segera setelah tersambung. Cari gateway kedua atau batas broker.",
     "MQTT ends right after connecting. Look for a second gateway, a broker limit."},
    {true, "Broker menolak sambungan tambahan. Naikkan max_connections untuk gateway.",
     "The broker refuses further connections. Raise its max_connections."},
    {true, "Saluran tidak dapat mengirim. Periksa perangkat atau jaringannya.",
     "A channel cannot send. Look at its device or network."},
    {true, "Saluran ditolak oleh pihak seberang. Periksa akun atau kata sandinya.",
     "A channel is refused by its peer. Look at its account or password."},
    {true, "Penyimpanan gagal ditulis. Periksa disk.",
     "The store cannot be written. Look at the disk."},
    {true, "Disk penuh, alert baru tidak diterima. Kosongkan ruang.",
     "The disk is full and new alerts are not taken. Make room."},
    {true, "Penyimpanan lebih tua dari yang diumumkan. Periksa pemulihan cadangan.",
     "The store is older than what it published. Look for a restored backup."},
    {false, "Checkpoint di broker bukan buatan gateway ini. Periksa penulis topiknya.",
     "A checkpoint at the broker is not ours. Look who writes its topic."},
    {false, "Jam sistem melompat. Periksa sinkronisasi waktu.",
     "The clock jumped. Look at time synchronisation."},
    {false, "Tautan jawaban dikunci karena kode salah berulang. Hubungi petugas itu.",
     "An answer link was locked after wrong codes. Ask that officer."},
    {false, "Gateway sempat tidak menanggapi. Periksa beban mesin.",
     "The gateway did not respond for a while. Look at the machine's load."},
    {false, "Satu langkah tidak menjangkau siapa pun. Periksa tim dan petugasnya.",
     "A step of a policy reached nobody. Look at its teams and officers."},
    {true, "Broker melarang membaca topik log gateway. Tambahkan baris ACL baca.",
     "The broker refuses to let us read our log topic. Add the ACL line for it."},
});
static_assert(rows.size() == WordsOf<IncidentKind>::words.size());

constexpr std::size_t about_bytes_max = 40;

std::size_t end_of_first(std::string_view sentences) {
  auto const stop = sentences.find(". ");
  return stop == sentences.npos ? sentences.size() : stop + 1;
}

// "23 Nov 14:30"
std::string hour_of(Lexicon const& words, UtcTime time, ZoneName const& zone) {
  auto text = local_text_in(words, time, ZoneName{zone.offset, ""});  // "23 Nov 2026 14:30"
  text.erase(text.rfind(' ') - 5, 5);
  return text;
}

}  // namespace

IncidentWords const& words_of(IncidentKind kind) {
  return rows[static_cast<std::size_t>(kind)];
}

std::string_view incident_what(std::string_view sentences) {
  return sentences.substr(0, end_of_first(sentences));
}

std::string_view incident_to_do(std::string_view sentences) {
  auto const end = end_of_first(sentences);
  return end == sentences.size() ? std::string_view() : sentences.substr(end + 1);
}

std::string incident_text(IncidentReport const& report, std::string_view gateway,
                          std::string_view language, ZoneName const& zone) {
  auto const& lexicon = lexicon_for(language);
  bool const indonesian_reader = &lexicon == &indonesian();
  auto const sentences = indonesian_reader ? words_of(report.kind).id : words_of(report.kind).en;
  auto text = "Siaga " + clean_text(gateway) + ": ";
  if (report.ended) text += indonesian_reader ? "SELESAI: " : "OVER: ";
  text += report.ended ? incident_what(sentences) : sentences;
  text += " (";
  if (auto const about = shortened(report.about, about_bytes_max); !about.empty())
    text += about + ", ";
  if (report.more > 0) text += "+" + std::to_string(report.more) + ", ";
  text += (indonesian_reader ? "sejak " : "since ") + hour_of(lexicon, report.since, zone);
  if (report.ended)
    text += (indonesian_reader ? ", sampai " : ", until ") + hour_of(lexicon, *report.ended, zone);
  else if (report.count > 1)
    text += ", " + std::to_string(report.count) + "x";
  return text + ")";
}

}  // namespace siaga
