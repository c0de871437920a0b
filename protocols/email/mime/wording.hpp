// Wording: an alert as a mail says it, in the officer's language: the subject and the plain text.
//
// Place:  Message -> WORDING, html -> assemble. Pure.
// Rule:   the mark (LATIHAN, UJI COBA) comes first; mark, level, event, place, time, action and
//         code are never cut. All but fit() take a message that fit() has cleaned.
#pragma once

#include "gateway/domain/message.hpp"

namespace siaga::email {

struct MailWords {            // labels of a mail; the alert's own words come in the message
  std::string_view not_real;  // beside the mark
  std::string_view do_this, place, time, nature, instruction, until, sender, contact, web, code;
  std::string_view for_whom;
  std::string_view answer;      // on the button
  std::string_view answer_how;  // beneath it; "{}" stands for the code
  std::string_view replaces;    // of an update
  std::string_view footer;
};
MailWords const& mail_words_for(std::string_view language);

// A copy whose words are safe in a header and in a body; links that are not http(s) are gone.
Message fit(Message const& message);

std::string subject_of(
    Message const& message);  // "[LATIHAN] SIAGA: Unjuk rasa - Kel. Lok Tuan (4821)"
std::string plain_text_of(Message const& message);

std::string heading_of(Message const& message);  // "PERINGATAN SIAGA", "PEMBATALAN"
std::string nature_of(Message const& message);   // "SEGERA - TERJADI"
std::string sender_of(Message const& message);   // "Polres Bontang"
std::string answer_how_of(Message const& message);
std::string further_instruction_of(Message const& message);  // unless the action says it all
// Alert and update call for something; the rest tell of an end or of an answer.
bool is_standing(Message const& message);
// Closing and notice are one whole sentence rather than an alert.
bool is_sentence(Message const& message);

}  // namespace siaga::email
