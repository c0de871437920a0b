#include "gateway/domain/incident.hpp"

#include <array>

namespace siaga {
namespace {

// In the order of the kinds.
constexpr auto rows = std::to_array<IncidentWords>({
    {false, "Pesan tanpa tanda tangan sah ditolak. Hubungi instansi pengirim.",
     "A message without a good signature was refused. Ask the agency that sent it."},
    {false, "Satu nomor alert dipakai untuk dua isi. Hubungi instansi pengirim.",
     "One identifier was used for two contents. Ask the agency that sent it."},
    {false, "Broker menolak topik jawaban. Tambahkan baris ACL untuk topik itu.",
     "The broker refuses to let us publish on a topic. Add the ACL line for it."},
    {true, "Satu pesan menghentikan salurannya dan menunggu di belakang. Periksa saluran itu.",
     "One message stops its channel and waits behind the others. Look at that channel."},
    {true, "Tanda terima tidak dapat dikirim. Periksa broker MQTT.",
     "Receipts cannot be told. Look at the MQTT broker."},
    {true, "Broker MQTT tidak tersambung. Periksa broker dan jaringan.",
     "The MQTT broker is not connected. Look at the broker and the network."},
    {true, "Klien lain memakai sesi MQTT gateway. Cari gateway kedua dengan nama yang sama.",
     "Another client took the gateway's MQTT session. Look for a second gateway of that name."},
    {true, "Sambungan MQTT putus segera setelah tersambung. Cari gateway kedua atau batas broker.",
     "MQTT connections end right after they began. Look for a second gateway, or a broker limit."},
    {true, "Broker menolak sambungan tambahan. Naikkan max_connections untuk gateway.",
     "The broker refuses further connections. Raise max_connections for the gateway."},
    {true, "Saluran tidak dapat mengirim. Periksa perangkat atau jaringannya.",
     "A channel cannot send. Look at its device or network."},
    {true, "Saluran ditolak oleh pihak seberang. Periksa akun atau kata sandinya.",
     "A channel is refused by its peer. Look at its account or password."},
    {true, "Penyimpanan gagal ditulis. Periksa disk.",
     "The store cannot be written. Look at the disk."},
    {true, "Disk penuh, alert baru tidak diterima. Kosongkan ruang.",
     "The disk is full and new alerts are not taken. Make room."},
    {true, "Penyimpanan lebih lama daripada yang sudah diumumkan. Periksa pemulihan cadangan.",
     "The store is older than what was published of it. Look for a restored backup."},
    {false, "Checkpoint log di broker bukan buatan gateway ini. Periksa siapa menulis topiknya.",
     "A log checkpoint at the broker is not this gateway's. Look who writes its topic."},
    {false, "Jam sistem melompat. Periksa sinkronisasi waktu.",
     "The clock jumped. Look at time synchronisation."},
    {false, "Tautan jawaban dikunci karena kode salah berulang. Hubungi petugas itu.",
     "An answer link was locked after wrong codes. Ask that officer."},
    {false, "Gateway sempat tidak menanggapi. Periksa beban mesin.",
     "The gateway did not respond for a while. Look at the machine's load."},
});
static_assert(rows.size() == WordsOf<IncidentKind>::words.size());

}  // namespace

IncidentWords const& words_of(IncidentKind kind) {
  return rows[static_cast<std::size_t>(kind)];
}

}  // namespace siaga
