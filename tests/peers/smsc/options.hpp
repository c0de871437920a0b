// Options of the test SMSC: every behaviour and fault, settable at start and while it runs.
//
// Place:  command line (--KEY VALUE) and control port (set KEY VALUE) -> OPTIONS -> Smsc.
// See:    help() for every key; main.cpp for the lines it prints and the control commands.
#pragma once

#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace siaga::smsc {

// "Whoever gets a text and matches `to` answers with `text` after `delay_ms`."
struct ReplyRule {
  std::string pattern;
  std::regex to;
  int delay_ms = 0;
  std::string text;  // %CODE% = the digits after "SIAP " in what was received
};

struct Options {
  long port = 0, control = 0, seed = 1;
  long quiet = 0;
  std::string tls_cert, tls_key;      // both = TLS from the first byte
  std::string tls_ca;                 // who must have signed the ESME's certificate
  long receipts = -1;                 // ms after the submit; -1 = none
  std::string receipt_form = "both";  // text, tlv, both, payload, ucs2
  std::string receipt_state = "DELIVRD";
  std::string receipt_text =
      "id:%ID% sub:001 dlvrd:001 submit date:2611231430 done date:2611231431 stat:%STATE% err:000 "
      "text:";
  std::string receipt_parts = "all";  // all, first, last
  std::string id_form = "decimal";  // of submit answers: decimal, hex, upper, empty, bare, missing
  std::string receipt_id = "same";  // same, decimal, hex, upper
  long receipt_before = 0, receipt_twice = 0, receipt_fail = 0, receipt_hold = 0;
  long receipt_intermediate = 0;
  std::string deliver_as = "deliver_sm";  // deliver_sm, data_sm
  std::string mo_form = "udh";            // udh, udh16, sar, payload
  long mo_reverse = 0;
  long throttle = 0, rate = 0, burst = 0, error = 0, error_code = 0x45, error_every = 0;
  long window = 0;
  std::string congestion = "none";  // none, auto, or a number
  std::string bad_destination;      // regex; empty = none
  long silent = 0, mute = 0, mute_enquire = 0, nack = 0;
  long drop_every = 0, unbind_every = 0, garbage_every = 0;
  std::string drop_how = "unanswered";  // unanswered, answered, reset
  std::string drop_at;                  // regex of "DESTINATION TEXT"; empty = none
  std::string garbage_kind = "any";
  long out_of_order = 0, delay = 0, jitter = 0, late = 0, late_by = 0, answer_twice = 0;
  long refuse_bind = 0, mute_bind = 0, bind_delay = 0, binds_max = 0, refuse_connect = 0;
  long enquire_every = 0, chop = 0;
  std::vector<ReplyRule> replies;

  // Empty = done; else what is wrong.
  std::string set(std::string_view key, std::string_view value);
  // "REGEX DELAY_MS TEXT"
  std::string add_reply(std::string_view rule);
};

std::string help();

}  // namespace siaga::smsc
