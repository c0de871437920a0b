// Lexicon: the fixed words of a message, in each language an officer may have.
//
// Place:  beneath message.cpp. Officers' words are Indonesian; "en" is there for guests.
// Rule:   every word fits GSM 03.38, so that none makes an SMS three times as long.
//         Arrays are indexed by the enumeration they are named for.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "gateway/domain/message.hpp"

namespace siaga {

struct Lexicon {
  std::string_view exercise, test;
  std::string_view alert_title, update_title, cancel_title, closing_title, notice_title;
  std::array<std::string_view, 4> levels;  // by Level
  std::array<std::string_view, 5> urgencies;
  std::array<std::string_view, 5> certainties;
  std::array<std::string_view, 9> responses;
  std::array<std::string_view, 12> months;
  std::string_view ended;                        // the action of a cancellation without its own
  std::string_view reply_accept, reply_decline;  // each followed by the code
  std::string_view and_more, more_places;        // around the number of places left out
};

Lexicon const& indonesian();
// By primary subtag; Indonesian for every language but English.
Lexicon const& lexicon_for(std::string_view language);

// "23 Nov 2026 14:30 WITA"
std::string local_text_in(Lexicon const& words, UtcTime time, ZoneName const& zone);

}  // namespace siaga
