// rules: what a run of tokens is called out loud. The first rule that knows the place wins.
//
// Place:  tokens -> RULES -> normalise. Pure; each table below is one file of rules.
// Rule:   a match covers `count` tokens and says `spoken`; empty = say nothing (coordinates).
#pragma once

#include <optional>
#include <span>

#include "protocols/radio/speech/tokens.hpp"

namespace siaga::radio {

struct Match {
  std::size_t count = 0;
  std::string spoken;
};
using Rule = std::optional<Match> (*)(Tokens const& tokens, std::size_t at);

std::span<Rule const> place_rules();   // RT/RW, number plates, coordinates
std::span<Rule const> time_rules();    // dates, times of day, H+1
std::span<Rule const> number_rules();  // telephone numbers, codes, amounts with units
std::span<Rule const> word_rules();    // short forms, acronyms, Roman numerals

// Reading tokens without minding the ends: past them there is an empty sign.
Token const& token_at(Tokens const& tokens, std::size_t at);
Token const& token_before(Tokens const& tokens, std::size_t at);
bool is_sign(Tokens const& tokens, std::size_t at, std::string_view any_of);
bool is_number(Tokens const& tokens, std::size_t at, std::size_t digits_min = 1,
               std::size_t digits_max = 18);
bool is_word(Tokens const& tokens, std::size_t at);
// The same, directly after the token before it.
bool is_joined(Tokens const& tokens, std::size_t at);
int int_of(std::string_view digits);  // at most 9 digits

}  // namespace siaga::radio
