// Deliverable: something for the ESME, a receipt or a text from a phone, and how it is written as
// deliver_sm or data_sm.
//
// Place:  Smsc -> DELIVERABLE -> Connection. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/sms/smpp/pdu.hpp"
#include "tests/peers/smsc/options.hpp"

namespace siaga::smsc {

struct Deliverable {
  bool receipt = false, intermediate = false;
  std::string from, to, text;  // the receipt's text, or UTF-8
  std::string header;          // user data header of a part, octets
  std::string tlvs;            // of a part, octets
  std::uint64_t number = 0;    // of the message a receipt tells of
  std::string id, state;       // of a receipt
  int tries = 0;
};

std::string phone(sms::Address const& address);  // "+62..." when it is international

// By the options' receipt-text, from id and state.
std::string receipt_text(Deliverable const& receipt, Options const& options);
// Of a text from a phone, in as many parts as it takes, joined by the options' mo-form.
std::vector<Deliverable> parts_of(Deliverable const& whole, std::uint16_t reference,
                                  Options const& options);
std::string deliver_pdu(Deliverable const& what, std::uint32_t sequence, Options const& options);

}  // namespace siaga::smsc
