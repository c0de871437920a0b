// Nearest: what somebody probably meant to write.
//
// Place:  readers -> NEAREST -> the end of a problem's sentence. Pure.
// Thread: any.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace siaga::config {

// Insertions, deletions, replacements and swaps of neighbours; case counts for nothing.
std::size_t edit_distance(std::string_view left, std::string_view right);

// The known word closest to `written`; empty when none is close enough to be a slip.
std::string nearest(std::string_view written, std::span<std::string const> known);

// "did you mean 'port'?", else "known keys: a, b, c", else what to do when nothing is known.
std::string did_you_mean(std::string_view written, std::span<std::string const> known,
                         std::string_view known_are);

// "a, b, c", cut with a count when long.
std::string listed(std::span<std::string const> words);

}  // namespace siaga::config
