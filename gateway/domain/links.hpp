// links: lets an officer tap only on links to hosts that his alert's agency is known by. Any other
// address in a sender's words is written so that no telephone or mail reader makes a link of it.
//
// Place:  configuration -> Grant -> LINKS -> message. Pure.
// Rule:   a link stays as it is if three things hold. Its scheme is http or https, or it has none.
//         No user name stands before its host. The host is in the list, or below one of the list,
//         as "www.bontang.example" is below "bontang.example". Of any other link only the host is
//         left, its dots written as "(.)": "bit(.)ly". Mail addresses and telephone numbers stay,
//         without "mailto:" and "tel:".
// Units:  UTF-8, clean (text.hpp). Hosts in small letters, without a dot at the end.
// See:    decisions/0031-words-of-others.md
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace siaga {

using Hosts = std::vector<std::string>;

// A host name with at least one dot, in small letters: a whole top-level domain is nobody's.
bool is_host_name(std::string_view text);

// CAP's `web`: one address, whatever its scheme.
std::string link_or_words(std::string_view address, Hosts const& hosts);

// Which words without a scheme are taken for addresses: all that could be, or those under top-level
// domains that prose is never mistaken for ("Jl.Sudirman" is none).
enum class Bare { any, well_known };
std::string without_foreign_links(std::string_view text, Hosts const& hosts, Bare bare);

}  // namespace siaga
