// Ack page: what an officer sees behind the emailed link: the alert, a field for its code, two
// buttons.
//
// Place:  GET and POST /a/<token> -> ACK PAGE -> LinkDesk.
// Thread: core only.
// Rule:   GET and HEAD never acknowledge; a POST counts only with the typed code. No script, in
//         Indonesian, made for a phone.
#pragma once

#include "gateway/ports/links.hpp"
#include "protocols/http/message.hpp"

namespace siaga::http {

Routes ack_routes(LinkDesk& desk);

// The pages themselves. Pure.
std::string alert_page(LinkView const& view, std::string_view complaint);
// `about` = the alert it belongs to, where there is one: its mark comes first.
std::string outcome_page(std::string_view heading, std::string_view sentence,
                         LinkView const& about = LinkView());

}  // namespace siaga::http
