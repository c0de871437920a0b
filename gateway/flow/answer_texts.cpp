#include "gateway/flow/answer_texts.hpp"

#include "gateway/domain/message.hpp"

namespace siaga::flow {
namespace {

// The mark they all bear; else none, and each item bears its own.
std::string common_mark(std::vector<OpenAlert> const& open) {
  if (open.empty()) return {};
  auto mark = mark_of(open.front().status);
  for (auto const& alert : open)
    if (mark_of(alert.status) != mark) return {};
  return mark;
}

// "4821 Unjuk rasa, 5730 LATIHAN Kebakaran"
std::string listed(std::vector<OpenAlert> const& open) {
  std::string text;
  bool const each_marked = common_mark(open).empty();
  for (auto const& alert : open) {
    if (!text.empty()) text += ", ";
    text += alert.code + " ";
    if (auto const mark = mark_of(alert.status); each_marked && !mark.empty()) text += mark + " ";
    text += alert.event;
  }
  return text;
}

std::string how(std::vector<OpenAlert> const& open) {
  if (open.empty()) return "Tidak ada peringatan terbuka untuk Anda.";
  if (open.size() == 1)
    return "Ketik SIAP " + open.front().code + " atau TOLAK " + open.front().code + " (" +
           open.front().event + ").";
  return "Ketik SIAP atau TOLAK lalu kode: " + listed(open) + ".";
}

}  // namespace

std::string text_for_unknown_address() {
  return "Nomor ini tidak terdaftar sebagai petugas. Hubungi operator untuk pendaftaran.";
}

std::string text_for_wrong_code(std::vector<OpenAlert> const& open) {
  return marked(common_mark(open), "Kode salah. " + how(open));
}

std::string text_for_no_code(std::vector<OpenAlert> const& open) {
  if (open.empty()) return how(open);
  return marked(common_mark(open), "Kode belum ditulis. " + how(open));
}

std::string text_for_not_understood(std::vector<OpenAlert> const& open) {
  return marked(common_mark(open), "Jawaban tidak dipahami. " + how(open));
}

std::string text_for_closed(std::string_view code, AlertState state) {
  std::string const what(code);
  switch (state) {
    case AlertState::acknowledged:
      return "Peringatan " + what + " sudah ditangani. Terima kasih.";
    case AlertState::cancelled:
      return "Peringatan " + what + " sudah dibatalkan.";
    case AlertState::expired:
      return "Peringatan " + what + " sudah lewat waktu.";
    case AlertState::open:
    case AlertState::closed:
      break;
  }
  return "Peringatan " + what + " sudah diakhiri.";
}

}  // namespace siaga::flow
