// Message: the content of one message to one officer, in words of no particular medium. Channels
// render it.
//
// Place:  lane: Delivery + Alert -> COMPOSE -> Channel::send. Pure.
// Thread: values.
// Rule:   the first word of every rendering is `mark` when it is not empty (LATIHAN, UJI COBA). No
//         rendering may cut mark, level, event, place, action or code, unless its medium cannot
//         hold them (an SMS of more than parts_max); mark, level and code are whole even then.
//         Every word is one line without control or direction characters: nothing can be forged. A
//         sender's words lead to no host but those of his agency (links.hpp). Words are Indonesian;
//         English for an officer whose language is "en".
#pragma once

#include <memory>
#include <string>

#include "gateway/domain/delivery.hpp"
#include "gateway/domain/level.hpp"
#include "gateway/domain/links.hpp"

namespace siaga {

// Whether a message may begin still. Its lane takes the permission away when the alert ends; copies
// share it. The channel asks right before the first byte, however long it has waited for a window,
// a connection or a voice, and again when the peer kept nothing of what was written.
class Permission {
 public:
  bool begin() const;  // false: return not_begun()
  bool begun() const noexcept { return state_->begun; }
  bool refused() const noexcept { return state_->refused; }
  void hold() const noexcept { state_->held = true; }
  void go_on() const noexcept { state_->held = false; }

 private:
  struct State {
    bool held = false, begun = false, refused = false;
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};
SendOutcome not_begun();

struct Message {
  DeliveryId delivery;
  AlertId alert;
  ChannelName channel;
  OfficerId officer;
  std::string officer_name;
  std::string address;
  std::string language = "id";
  MessageKind kind = MessageKind::alert;
  Priority priority = Priority::normal;
  int attempt = 1;
  bool possible_duplicate = false;
  UtcTime expires{};
  Permission permission;

  std::string mark;   // "", "LATIHAN", "UJI COBA"
  std::string title;  // PERINGATAN PEMUTAKHIRAN PEMBATALAN, SUDAH DITANGANI, PEMBERITAHUAN
  std::string level;  // "AWAS", "SIAGA", "WASPADA", "INFO", or a label: "SIAGA 1 (AWAS)"
  std::string event;  // "Unjuk rasa"
  std::string place;  // "Kel. Lok Tuan"; beyond 12 areas "... dan 3 wilayah lain"
  std::string time;   // "23 Nov 2026 14:30 WITA"
  // One imperative without full stop: the instruction's first sentence, else the response type's
  // word. Of a cancellation: its own, else that the alert is no longer in force.
  std::string action;
  std::string headline;
  std::string description;
  std::string instruction;
  std::string urgency;       // "SEGERA"
  std::string certainty;     // "TERJADI"
  std::string expires_text;  // "23 Nov 2026 20:30 WITA"
  std::string code;          // "4821"; empty when no answer is wanted
  std::string reply_hint;    // "Balas SIAP 4821 atau TOLAK 4821"
  std::string sender_tag;    // "POLRES BONTANG"
  std::string sender_name;
  std::string contact;
  std::string web;
  std::string link;  // acknowledgement page; empty when no answer is wanted
  std::string text;  // closing and notice: the whole sentence, mark included
};

// The gateway's zone as a value: offset and name. (Indonesia keeps no daylight saving.)
struct ZoneName {
  std::chrono::minutes offset{480};
  std::string name = "WITA";
};

struct Composition {
  Delivery const& delivery;
  Alert const& alert;
  std::string code;
  std::string officer_name;
  std::string agency_name;
  std::string link;
  ZoneName zone;
  LevelTable const& levels;
  Hosts hosts = {};  // of the agency
};
Message compose(Composition const& from);

// "23 Nov 2026 14:30 WITA"
std::string local_text(UtcTime time, ZoneName const& zone);
// "LATIHAN", "UJI COBA" or ""
std::string mark_of(Status status);
// "LATIHAN: Sudah ditangani ..."; a text that has its mark already stays.
std::string marked(std::string const& mark, std::string text);

// Sentences for closing and notices, Indonesian, mark first.
std::string handled_text(Status status, std::string_view event, std::string_view place,
                         std::string_view by, std::string_view code);

}  // namespace siaga
