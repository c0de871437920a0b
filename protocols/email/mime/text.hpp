// Text: the encodings a mail's words need, over what domain/text.hpp has cleaned already.
//
// Place:  html and letter. Pure.
// Format: quoted-printable RFC 2045 section 6.7; Date RFC 5322 section 3.3, in UTC.
#pragma once

#include <string>
#include <string_view>

#include "gateway/domain/time.hpp"

namespace siaga::email {

// & < > " ' become entities.
std::string html_escaped(std::string_view text);
// On soft-broken lines of its own, so it may stand anywhere in a quoted-printable text.
std::string quoted_printable_insert(std::string_view text);
std::string date_header(UtcTime time);  // "Mon, 23 Nov 2026 06:30:00 +0000"

}  // namespace siaga::email
