// Messages: what has become of each message the SMSC took, by its id; the newest million.
//
// Place:  submit -> MESSAGES <- receipts, query_sm, cancel_sm, replace_sm. Pure.
// Units:  states as in SMPP v3.4, 5.2.28.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace siaga::smsc {

enum class MessageState : std::uint8_t { enroute = 1, delivered = 2, deleted = 4, unknown = 7 };

// "DELIVRD" -> 2; what is no state of SMPP is unknown.
MessageState state_of(std::string_view name);
std::string_view name_of(MessageState state);

// As ids are written: decimal, hex, upper; empty and the like have none.
std::string id_text(std::uint64_t number, std::string_view form);

class Messages {
 public:
  struct Record {
    std::uint64_t number = 0;
    MessageState state = MessageState::enroute;
    std::string to;
  };

  Record& add(std::string to);
  // Nothing when it never was, or is too old.
  Record* find(std::uint64_t number);
  Record* find(std::string_view id, std::string_view form);
  std::string destinations() const;  // in order of their coming, a space between

 private:
  std::deque<Record> records_;  // numbers without a gap
  std::uint64_t last_ = 1000;
};

}  // namespace siaga::smsc
