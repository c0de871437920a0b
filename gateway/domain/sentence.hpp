// sentence: finds the end of a text's first sentence; it knows the abbreviations of Indonesian
// officials.
//
// Place:  message.cpp makes the action of it. Pure.
#pragma once

#include <string>
#include <string_view>

namespace siaga {

// On one line and without its full stop: "Merapat ke Kel. Lok Tuan, hindari konfrontasi". A blank
// line ends a sentence too; "Kel. Lok Tuan", "No. 5" and "2.5 km" do not.
std::string first_sentence(std::string_view text);

}  // namespace siaga
