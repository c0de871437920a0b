// html: the same mail for a phone's screen: what, where and what to do first, the answer button
// next.
//
// Place:  Message -> HTML -> assemble. Pure. Takes a message that fit() has cleaned.
// Rule:   every word from outside is escaped; no pictures, no scripts, nothing fetched.
#pragma once

#include "gateway/domain/message.hpp"

namespace siaga::email {

std::string html_of(Message const& message);

}  // namespace siaga::email
