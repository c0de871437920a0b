// Acknowledgement: a person's answer, the path it came by, and how sure we are who it was.
//
// Place:  ReplySink -> parse_answer -> Journal::acknowledge.
// Thread: values.
#pragma once

#include <string>

#include "gateway/domain/alert.hpp"
#include "gateway/domain/ids.hpp"

namespace siaga {

enum class Answer { accepted, declined };
enum class Via { sms, email, radio, mqtt, console };
enum class Evidence { address_and_code, link_and_confirm, pin, code_only, agency, address_only };
SIAGA_WORDS(Answer, "accepted", "declined");
SIAGA_WORDS(Via, "sms", "email", "radio", "mqtt", "console");
SIAGA_WORDS(Evidence, "address+code", "link+confirm", "pin", "code-only", "agency", "address");

// What an officer typed, taken apart. Accepted: SIAP OK YA TERIMA ACK 86; declined: TIDAK TOLAK NO;
// in any case, with digits of the region's scripts too. The word counts at the beginning of the
// text (after courtesies and the code), and, unless it is YA, OK or NO, next to a code anywhere. A
// text that takes its word back ("belum siap") or says both is not understood: asking again costs
// less than an escalation stopped by mistake. The alert's own question, quoted, is no answer.
struct ParsedAnswer {
  std::optional<Answer> answer;  // none = not understood
  std::string code;              // digits as typed, so perhaps wrong; or empty
  std::string note;              // the rest, one line, at most 500 bytes
};
ParsedAnswer parse_answer(std::string_view text);

struct Acknowledgement {
  AlertId alert;
  OfficerId officer;
  std::string officer_name;  // as told to others in the closing message
  Answer answer = Answer::accepted;
  Via via = Via::sms;
  Evidence evidence = Evidence::code_only;
  std::string note;
  UtcTime at{};
};

// "+62812...": digits and a leading plus; a leading 0 becomes the country's code. Up to 8 digits
// are a short code and stay; what is no number (a sender's name, a mail address) stays too.
std::string normal_phone(std::string_view text, std::string_view country_code = "62");

}  // namespace siaga
