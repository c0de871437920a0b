// sample: the messages the tests of email send.
#pragma once

#include "gateway/domain/message.hpp"

namespace siaga::email::test {

inline Message sample_alert() {
  Message message;
  message.delivery = DeliveryId(77);
  message.alert = AlertId(12);
  message.channel = ChannelName("email");
  message.officer = OfficerId("kabag-ops");
  message.officer_name = "Kabag Ops";
  message.address = "kabag.ops@polres-bontang.example";
  message.priority = Priority::urgent;
  message.expires = UtcTime(std::chrono::sys_days(std::chrono::year(2100) / 1 / 1));
  message.title = "PERINGATAN";
  message.level = "SIAGA";
  message.event = "Unjuk rasa";
  message.place = "Kel. Lok Tuan";
  message.time = "23 Nov 2026 14:30 WITA";
  message.action = "Merapat ke titik kumpul, hindari konfrontasi.";
  message.headline = "Massa menuju gerbang pabrik";
  message.description = "Sekitar 200 orang bergerak dari simpang tiga.";
  message.instruction = "Merapat ke titik kumpul, hindari konfrontasi. Lapor tiap 15 menit.";
  message.urgency = "SEGERA";
  message.certainty = "TERJADI";
  message.expires_text = "23 Nov 2026 20:30 WITA";
  message.code = "4821";
  message.reply_hint = "Balas SIAP 4821 atau TOLAK 4821";
  message.sender_tag = "POLRES BONTANG";
  message.sender_name = "Polres Bontang";
  message.contact = "SPKT 0548-110";
  message.web = "https://polres-bontang.example/info";
  message.link = "http://127.0.0.1:8080/a/k7Qz-9_dX?x=1&y=.2";
  return message;
}

inline Message sample_exercise() {
  auto message = sample_alert();
  message.mark = "LATIHAN";
  return message;
}

inline Message sample_of(MessageKind kind) {
  auto message = sample_exercise();
  message.kind = kind;
  if (kind == MessageKind::update) message.title = "PEMUTAKHIRAN";
  if (kind == MessageKind::alert || kind == MessageKind::update) return message;
  message.code.clear();
  message.link.clear();
  message.reply_hint.clear();
  message.title = kind == MessageKind::cancel    ? "PEMBATALAN"
                  : kind == MessageKind::closing ? "SUDAH DITANGANI"
                                                 : "PEMBERITAHUAN";
  if (kind == MessageKind::cancel) {
    message.action = "Peringatan ini tidak berlaku lagi";
    message.description.clear();
    message.instruction.clear();
  } else {
    message.text =
        "LATIHAN: Sudah ditangani oleh Kapolsek Bontang Utara: Unjuk rasa, Kel. Lok Tuan.";
  }
  return message;
}

}  // namespace siaga::email::test
